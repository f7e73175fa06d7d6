/** An assistant under both of its ids. Source: `GET /user/assistants/get`. */
export interface Assistant {
  /** What the list's `assistant_id` filter takes. */
  readonly serverId: number;
  /** What a conversation's row carries as `assistant_id`. */
  readonly uuid: string;
  readonly name: string;
  /** Only of a deleted one that the server still lists. */
  readonly isDeleted?: true;
}

/** Whose key it is. Source: `GET /user/me`; fields are missing where the server does not tell. */
export interface KeyOwner {
  readonly name: string | undefined;
  readonly email: string | undefined;
  /** USD, as sent: a number, or a decimal string whose digits are kept. */
  readonly balance: number | string | undefined;
}
