import * as vscode from 'vscode';
import type { ConversationType } from '../../core/model/conversation';
import { visible } from '../../core/text/label';

/** A type's name: of those that the platform documents, our own; of any other, what the server says, made harmless. */
export function typeWords(type: ConversationType): string {
  switch (type) {
    case 'test':
      return vscode.l10n.t('Test');
    case 'widget':
      return vscode.l10n.t('Widget');
    case 'whatsapp':
      return 'WhatsApp';
    case 'api':
      return 'API';
    default:
      return foreignType(type);
  }
}

/** The type as a word within a sentence: "No test conversations yet." */
export function typeWord(type: ConversationType): string {
  switch (type) {
    case 'test':
      return vscode.l10n.t('test');
    case 'widget':
      return vscode.l10n.t('widget');
    default:
      return typeWords(type);
  }
}

function foreignType(type: string): string {
  const name = visible(type).trim();
  if (name === '') return vscode.l10n.t('No Type');
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}
