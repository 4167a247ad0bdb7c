import { expect, oneBrowser, test } from './test.ts';

test.use({ locale: 'vi-VN' });

test(
  'a browser in Vietnamese has the page in Vietnamese, and English in mid-conversation as it is chosen',
  oneBrowser,
  async ({ parley, page }) => {
    const scripts: Promise<string>[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) {
        scripts.push(response.text().catch(() => ''));
      }
    });
    await parley.open();
    const root = page.locator('html');
    await expect(root).toHaveAttribute('lang', 'vi');
    await parley.button('Bắt đầu nói chuyện').click();
    await parley.untilListening();
    await expect(page.getByText('Đang nghe', { exact: true }).first()).toBeAttached();
    await page.getByRole('textbox', { name: 'Tin nhắn' }).fill('What is 17 times 23?');
    await parley.button('Gửi tin nhắn').click();
    const answer = parley.transcript.getByRole('article').filter({ hasText: '391' }).last();
    await expect(answer).toContainText('Trợ lý: ');
    // One language is fetched, not two.
    const fetched = (await Promise.all(scripts)).join('\n');
    expect(fetched).toContain('Bắt đầu nói chuyện');
    expect(fetched).not.toContain('Start talking');

    await parley.button('Cài đặt').click();
    const settings = page.getByRole('dialog');
    const choice = settings.getByRole('combobox', { name: 'Ngôn ngữ của trang' });
    await expect(choice).toHaveValue('');
    await choice.focus();
    await choice.selectOption({ label: 'English' });
    await expect(settings).toHaveAccessibleName('Settings');
    await expect(settings.getByRole('combobox', { name: 'Language of the page' })).toBeFocused();
    await expect(root).toHaveAttribute('lang', 'en');
    await page.keyboard.press('Escape');
    await expect(answer).toContainText('Assistant: ');
    await expect(page.getByText('Trợ lý')).toHaveCount(0);

    await parley.type('Flip a coin.');
    await expect(parley.said('Assistant').last()).toContainText(/heads|tails/i);
    await page.reload();
    await expect(root).toHaveAttribute('lang', 'en');
  },
);

test(
  'on a small phone the header has its words in one line, and all of it in sight',
  oneBrowser,
  async ({ parley, page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await parley.open();
    const lab = page.getByRole('banner').getByRole('link', { name: 'Phòng lab' });
    await expect(lab).toBeInViewport({ ratio: 1 });
    const lines = await lab.evaluate((link) => {
      const words = document.createRange();
      words.selectNodeContents(link);
      return new Set([...words.getClientRects()].map(({ bottom }) => Math.round(bottom / 16))).size;
    });
    expect(lines).toBe(1);
    const theme = page.getByRole('button', { name: 'Dùng giao diện tối' });
    await expect(theme).toBeInViewport({ ratio: 1 });
  },
);
