import * as vscode from 'vscode';
import { dateWords } from './age';

/** A calendar day, "12 Nov", or "12 Nov 2024" where it is of another year than today. @param day and `today` as `YYYY-MM-DD` */
export function dayWords(day: string, today: string, locale = vscode.env.language): string {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return day;
  return dateWords(new Date(year, month - 1, date).getTime(), day.slice(0, 4) !== today.slice(0, 4), locale);
}
