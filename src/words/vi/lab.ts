import type { RecordingProblem } from '../../lab/decoding/problem.ts';
import type { LabWords } from '../lab.ts';

/** What is wrong with a file, and what can be done. */
function problemText(problem: RecordingProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'Tệp trống.';
    case 'format':
      return 'Đây không phải là tệp âm thanh được biết ở đây. Hãy dùng WAV, MP3, OGG, FLAC, M4A, AAC hoặc WebM.';
    case 'silent':
      return 'Tệp không có âm thanh.';
    case 'codec':
      return `Trình duyệt này không giải mã được ${problem.codec.toUpperCase()}. Hãy chuyển tệp sang WAV hoặc FLAC, hoặc dùng trình duyệt khác.`;
    case 'broken':
      return `Tệp bị hỏng hoặc bị cắt cụt. (${problem.detail})`;
    case 'detector':
      return `Không khởi động được bộ phát hiện; hãy tải lại trang. (${problem.detail})`;
  }
}

export const labWords: LabWords = {
  title: 'Phòng lab giọng nói',
  documentTitle: 'Phòng lab giọng nói – Parley',
  headline: 'Tiếng nói nằm ở đâu?',
  line: 'Thả bản thu vào và xem khi nào có người nói, chính xác đến vài phần trăm giây. Không có gì rời khỏi máy này.',
  toTalk: 'Nói chuyện với Parley',
  intake: {
    title: 'Thêm bản thu',
    drop: 'Thả bản thu vào đây',
    dropNow: 'Buông ra để thêm',
    kinds:
      'WAV, MP3, OGG, FLAC, M4A, AAC hoặc WebM; một hay hàng trăm tệp, dài bao nhiêu cũng được.',
    choose: 'Chọn tệp',
    record: 'Thu âm',
    stop: 'Dừng thu',
    recording: (time) => `Đang thu, ${time}`,
    sample: 'Thử một mẫu',
    sampleName: 'A Tale of Two Cities.wav',
    recordingName: (n) => `Bản thu ${n}.wav`,
    microphone: {
      denied:
        'Micrô đang bị chặn. Hãy cho phép trang này ở thanh địa chỉ của trình duyệt, rồi thu lại.',
      missing: 'Không tìm thấy micrô. Hãy cắm một micrô rồi thu lại.',
      busy: 'Không mở được micrô. Có thể một chương trình khác đang dùng nó.',
    },
    sampleFailed: 'Không tải được mẫu. Hãy kiểm tra xem máy chủ còn chạy không, rồi thử lại.',
    nothing: 'Không có gì đọc được. Hãy thả tệp âm thanh.',
  },
  settings: {
    title: 'Thế nào là tiếng nói',
    now: 'Thay đổi có tác dụng ngay; bản thu không phải nghe lại.',
    sensitivity: 'Độ nhạy',
    threshold: (p) => `Tiếng nói bắt đầu khi xác suất đạt ${p}, tức là 1 trừ độ nhạy.`,
    minSpeech: 'Tiếng nói ngắn nhất',
    minSilence: 'Khoảng lặng ngắn nhất',
    padding: 'Phần đệm',
    ms: (n) => `${n} ms`,
    reset: 'Trở lại mặc định',
  },
  batch: {
    title: 'Bản thu',
    progress: 'Số bản thu đã nghe',
    heard: (done, all) => `đã nghe ${done} trên ${all}`,
    left: (time) => `còn khoảng ${time}`,
    paused: 'tạm dừng',
    failed: (n) => `${n} bản không đọc được`,
    pause: 'Tạm dừng',
    goOn: 'Tiếp tục',
    cancel: 'Hủy',
    clear: 'Bỏ tất cả',
    save: 'Lưu tất cả',
    name: 'Bản thu',
    speech: 'Nói',
    total: 'Tổng',
    saved: 'Bớt',
    tokens: 'Token',
    money: 'Tiền',
    all: 'Tổng cộng',
    waiting: 'đang chờ',
    running: (percent) => `${percent} %`,
    opening: 'đang nghe',
    cancelled: 'đã hủy',
    unread: 'chưa đọc',
    savedNote: (model) =>
      `Token và tiền là phần tiết kiệm được với ${model} khi bỏ khoảng lặng; xem “Tiết kiệm được gì” bên dưới.`,
  },
  view: {
    plot: (name, count, speech, total) =>
      `${name}: ${count} đoạn tiếng nói, ${speech} trên ${total} giây`,
    probability: 'Xác suất có tiếng nói',
    threshold: 'Ngưỡng',
    wave: 'Sóng âm',
    segments: 'Các đoạn',
    segmentCount: (n) => `${n} đoạn`,
    none: 'Không thấy tiếng nói ở độ nhạy này.',
    play: 'Phát',
    pause: 'Tạm dừng',
    playSegment: (n) => `Phát đoạn ${n}`,
    zoomIn: 'Phóng to',
    zoomOut: 'Thu nhỏ',
    whole: 'Hiện toàn bộ',
    position: 'Phần đang hiện',
    from: 'từ',
    to: 'đến',
    seconds: (s) => `${s} giây`,
    save: 'Lưu',
    pending: 'Hiện ra ngay khi nghe xong toàn bộ.',
    cutting: 'Đang cắt …',
    unplayable:
      'Trình duyệt này đọc được tệp nhưng không phát được. Hãy lưu “Chỉ tiếng nói (WAV)” và phát tệp đó.',
    facts: (codec, rate, channels, speed) =>
      `${codec}, ${rate} kHz, ${channels === 1 ? 'một kênh' : `${channels} kênh`}; được nghe nhanh gấp ${speed} lần`,
    plain: ', không có WebAssembly',
    hint: 'Bấm vào sóng âm để phát từ đó; giữ Ctrl và cuộn để phóng to.',
  },
  exports: {
    json: 'JSON',
    csv: 'CSV',
    srt: 'Phụ đề (SRT)',
    audacity: 'Nhãn Audacity',
    rttm: 'RTTM',
    wav: 'Chỉ tiếng nói (WAV)',
  },
  cost: {
    title: 'Tiết kiệm được gì',
    line: 'Bỏ khoảng lặng trước khi gửi âm thanh tới dịch vụ trả phí.',
    share: 'Phần là khoảng lặng',
    measured: 'đo trên bản thu của bạn',
    assumed: 'ước định, cho đến khi bạn thêm bản thu',
    minutes: 'Số phút âm thanh mỗi ngày',
    calls: 'Số lần gọi mỗi ngày',
    models: 'Mô hình ngôn ngữ',
    model: 'Mô hình',
    perMillion: '$ mỗi triệu token',
    tokensPerSecond: 'Token mỗi giây',
    perMonth: 'Trong 30 ngày',
    whole: 'Không bỏ',
    cut: 'Có bỏ',
    saved: 'Tiết kiệm',
    used: 'Trong bảng trên',
    services: 'Dịch vụ phát hiện tiếng nói',
    service: 'Dịch vụ',
    perThousand: '$ mỗi 1.000 lần gọi',
    latency: 'Trả lời mất',
    ours: 'Parley, trên máy này',
    oursLatency: (ms) => `${ms} ms cho mỗi 100 ms`,
    oursUnmeasured: 'được đo với bản thu đầu tiên của bạn',
    gathered: (date) =>
      `Giá thu thập ngày ${date}; bạn có thể đổi từng giá. Giá được lưu trong trình duyệt này.`,
    textOnly:
      'Giá của các mô hình văn bản là giá văn bản ra, như các bảng so sánh dịch vụ vẫn dùng; văn bản vào rẻ hơn. Ở đó một giây âm thanh không có số token cố định.',
    source: (name) => `Bảng giá của ${name}`,
    reset: 'Trở lại giá niêm yết',
    invalid: 'Hãy nhập một số từ 0 trở lên.',
  },
  benchmark: {
    title: 'Chính xác đến đâu',
    line: 'Cho các bộ phát hiện nghe những bản thu đã biết khi nào có người nói, đặt cạnh nhau ngay trong trang này.',
    ownLine:
      'Để dùng bản thu của bạn, hãy thả kèm nhãn: tệp RTTM, hoặc nhãn Audacity (.txt) cùng tên với bản thu. Tên bắt đầu bằng tên tiếng Anh của một điều kiện, như “noisy street.wav”, được tính vào điều kiện đó.',
    labelled: (recordings, labels) =>
      recordings === 0
        ? `${labels} tệp nhãn, và chưa có bản thu nào cùng tên.`
        : `${recordings} bản thu có nhãn.`,
    unreadable: (name, message) => `Không đọc được ${name} như tệp nhãn. ${message}`,
    recordings: 'Bản thu',
    conditions: {
      clean: 'Sạch',
      noisy: 'Ồn',
      several: 'Nhiều người nói',
      music: 'Nhạc',
      whisper: 'Thì thầm',
      own: 'Của bạn',
    },
    detectorsTitle: 'Bộ phát hiện',
    detectors: {
      silero: 'Parley (Silero v6.2)',
      legacy: 'Silero cũ (vad-web)',
      v5: 'Silero v5 (vad-web)',
      webrtc: 'WebRTC',
      energy: 'Độ to',
    },
    heavy: 'Lần đầu tải tới 16 MB từ máy chủ này.',
    scoring: 'Cách chấm',
    collar: (ms) => `Bỏ qua ${ms} ms quanh mỗi mép nhãn`,
    collarNote: 'Không ai đánh dấu được chỗ kết thúc của một từ đến phần trăm giây.',
    scores: 'Kết quả chấm',
    shown: 'Kết quả cho',
    allConditions: 'Mọi điều kiện đã chọn',
    none: '–',
    choose: 'Hãy chọn bản thu để bắt đầu.',
    progress: 'Số bản thu có nhãn đã nghe',
    heard: (done, all) => `đã nghe ${done} trên ${all} bản thu`,
    stop: 'Dừng',
    goOn: 'Tiếp tục',
    failed: (name, problem) => `Không nghe được ${name}. ${problem}`,
    columns: {
      detector: 'Bộ phát hiện',
      precision: 'Độ đúng',
      recall: 'Độ phủ',
      f1: 'F1',
      auc: 'Diện tích ROC',
      begins: 'Bắt đầu',
      ends: 'Kết thúc',
      missed: 'Bỏ sót',
      time: 'Thời gian cho 1 giây',
    },
    interval: (low, high) => `${low}–${high}`,
    most: (ms) => `90 %: ${ms}`,
    tails: (p50, p95) => `p50 ${p50}, p95 ${p95}`,
    note: 'Theo khung 32 ms, gộp mọi bản thu, với các thiết lập ở trên. Dưới mỗi điểm là khoảng mà nó rơi vào trong 95 trên 100 lần rút các đoạn 10 giây. “Bắt đầu” và “Kết thúc” cho biết các mép trễ bao nhiêu, ở mức giữa và ở chín phần mười; “Bỏ sót” đếm các đoạn có nhãn. Thời gian chỉ là của bộ phát hiện: trung bình, và theo từng bản thu.',
    rules:
      'WebRTC và Độ to chỉ trả lời có hoặc không: WebRTC ở chế độ thứ ba trong bốn, Độ to từ 12 dB trên phần mười yên nhất của bản thu.',
    made: 'Các bản thu được làm theo công thức từ một người đọc, giọng của chính Parley và tiếng ồn thu sẵn, lúc nào cũng như nhau. Tiếng thì thầm được làm từ tiếng nói thường.',
    plot: 'Phần tiếng nói tìm thấy so với phần lặng bị nhầm là tiếng nói, ở mọi ngưỡng',
    falseAlarmRate: 'Khoảng lặng bị nhầm là tiếng nói',
    hitRate: 'Tiếng nói tìm thấy',
    byCondition: 'Diện tích ROC của từng bộ phát hiện theo điều kiện, với khoảng 95 %',
    saveRoc: 'Lưu ROC (SVG)',
    saveByCondition: 'Lưu diện tích (SVG)',
  },
  problem: problemText,
};
