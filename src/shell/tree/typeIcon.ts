import type { ConversationType } from '../../core/model/conversation';

/** A codicon's name. */
export function typeIcon(type: ConversationType): string {
  switch (type) {
    case 'test':
      return 'beaker';
    case 'widget':
      return 'globe';
    case 'whatsapp':
      return 'device-mobile';
    case 'api':
      return 'plug';
    default:
      return 'comment';
  }
}
