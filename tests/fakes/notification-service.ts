import { Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next';

const name = 'org.freedesktop.Notifications';

export interface Told {
  readonly title: string;
  readonly body: string;
}

/** Shows notifications as a desktop's own program does (Desktop Notifications 1.2), on the session bus of a test display; keeps what it was told. */
export class NotificationService {
  readonly told: Told[] = [];
  readonly closed: number[] = [];
  readonly #bus: MessageBus;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  static async start(address: string): Promise<NotificationService> {
    const bus = sessionBus({ busAddress: address });
    const service = new NotificationService(bus);
    bus.addMethodHandler((message: Message) => service.#answer(message));
    await bus.requestName(name, 0);
    return service;
  }

  end(): void {
    this.#bus.disconnect();
  }

  #answer(message: Message): boolean {
    if (message.interface !== name) return false;
    const reply = (signature: string, ...values: readonly unknown[]) =>
      this.#bus.send(Message.newMethodReturn(message, signature, [...values]));
    switch (message.member) {
      case 'GetServerInformation':
        reply('ssss', 'test', 'test', '1', '1.2');
        return true;
      case 'GetCapabilities':
        reply('as', ['body', 'body-markup']);
        return true;
      case 'Notify': {
        const [, , , title, body] = message.body as readonly string[];
        this.told.push({ title: title ?? '', body: body ?? '' });
        reply('u', this.told.length);
        return true;
      }
      case 'CloseNotification':
        this.closed.push(Number(message.body[0]));
        reply('');
        return true;
      default:
        return false;
    }
  }
}
