import type { RoomFindings } from '../../tuning/findings.ts';
import type { BargeInWords } from '../barge-in.ts';

const ms = (value: number): string => `${Math.round(value)} ms`;

/** With a real minus sign, since it stands beside figures. */
const dB = (value: number): string => `${Math.round(value)} dB`.replace('-', '−');

const found = (findings: RoomFindings): string => {
  const noise = dB(findings.noiseDb);
  switch (findings.kind) {
    case 'noisy':
      return `Tiếng ồn trong phòng (${noise}) có thể bị nhầm là tiếng nói, nên cần nghe rõ một từ.`;
    case 'echoing':
      return 'Micrô nghe tiếng loa như thể có người nói, nên trợ lý không nên dừng quá dễ.';
    case 'echo-known':
      return `Micrô nghe tiếng loa trễ ${ms(findings.echo.delayMs)} ở mức ${dB(findings.echo.couplingDb)}; trang phân biệt được tiếng đó với bạn.`;
    case 'clear':
      return `Micrô không nghe thấy loa, và phòng của bạn không ồn cũng không thật yên (${noise}).`;
    case 'quiet':
      return `Phòng của bạn yên tĩnh (${noise}) và micrô không nghe thấy loa, nên có thể tính từ âm đầu tiên.`;
  }
};

export const bargeInWords: BargeInWords = {
  title: 'Khi tôi nói',
  sensitivities: {
    off: {
      name: 'Tắt',
      note: 'Chỉ trợ lý quyết định bạn có chen lời không, khoảng một giây sau khi bạn bắt đầu.',
    },
    gentle: {
      name: 'Nhẹ',
      note: 'Trợ lý chờ nghe rõ một từ rồi mới im, và chỉ dừng hẳn khi bạn nói tiếp; hợp với phòng ồn.',
    },
    normal: {
      name: 'Vừa',
      note: 'Trợ lý im ngay khi có tiếng nói, và dừng hẳn khi nghe ra lời; sau một tiếng “ừm” thì nói tiếp.',
    },
    eager: {
      name: 'Nhạy',
      note: 'Như mức vừa, nhưng sớm hơn khi không hiểu lời bạn; hợp nhất với tai nghe trong phòng yên tĩnh.',
    },
  },
  watch: 'Xem cách quyết định',
  panel: {
    title: 'Việc chen lời được quyết định thế nào',
    plot: 'Khả năng có tiếng nói trong micrô, trong tám giây vừa qua. Các số bên dưới cho biết kết quả.',
    legend: {
      speech: 'Tiếng nói trong micrô',
      thresholds: 'Ngưỡng',
      lowered: 'Giọng được hạ xuống',
      cut: 'Câu trả lời bị ngắt',
      assistant: 'Trợ lý đang phát tiếng',
      echo: 'Tiếng vọng của trợ lý',
      age: 'Độ trễ của khung',
    },
    figures: {
      last: 'Lần chen lời gần nhất',
      noneYet: 'Chưa có',
      lowered: (loweredMs, finalMs) =>
        finalMs === undefined
          ? `Hạ giọng sau ${ms(loweredMs)}`
          : `Hạ giọng sau ${ms(loweredMs)}, ngắt sau ${ms(finalMs)}`,
      counts: 'Cho đến nay',
      counted: (lowered, restored, cut) =>
        `${lowered} lần hạ giọng, ${restored} lần nhầm, ${cut} lần ngắt`,
      age: 'Độ trễ của các khung',
      ages: (now, worst) => `${ms(now)}, nhiều nhất ${ms(worst)}`,
      noFrames: 'Micrô đang tắt',
      echo: 'Tiếng vọng của loa',
      echoes: ({ delayMs, couplingDb }) => `trễ ${ms(delayMs)}, ${dB(couplingDb)}`,
      noEcho: 'Không nghe thấy',
    },
  },
  tuning: {
    begin: 'Chỉnh theo phòng của tôi',
    steps: {
      quiet: 'Xin giữ im lặng năm giây. Trong lúc đó trợ lý không nghe bạn.',
      sound: 'Xin im lặng thêm một chút: một âm thanh được phát để xem micrô có thu phải không.',
    },
    failed: 'Không nghe được phòng của bạn. Hãy kiểm tra micrô rồi thử lại.',
    found,
    use: (name) => `Dùng “${name}”`,
    inUse: (name) => `“${name}” là phù hợp, và bạn đang dùng mức này.`,
  },
};
