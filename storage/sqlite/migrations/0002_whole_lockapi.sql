-- Actions of every lockapi method: cards and card readers beside passwords. `actions` and `commands` are made anew, as
-- SQLite changes no CHECK in place; the caller has foreign keys off meanwhile and checks them before the commit.

DROP VIEW open_actions;

-- ---------------------------------------------------------------------------------------------------- actions

-- verb: what the PMS wants in the end; its commands may take several steps. room_row is NULL for what lies on a card
-- reader. callback: the kind of result the PMS was promised, NULL for none. valid_from: of a card, the beginning of the
-- stay. card_…: the card it is about, as its reader showed it.
CREATE TABLE new_actions (
    action_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('open', 'unverifiable', 'succeeded', 'failed', 'expired', 'superseded')),
    pms_id TEXT NOT NULL,
    hotel_no TEXT NOT NULL,
    room_id TEXT NOT NULL,
    hotel_row INTEGER NOT NULL REFERENCES hotels (hotel_row),
    room_row INTEGER REFERENCES rooms (room_row),
    method TEXT NOT NULL,
    verb TEXT NOT NULL,
    manage INTEGER NOT NULL CHECK (manage IN (0, 1)),
    request_key BLOB NOT NULL CHECK (length(request_key) = 16),
    sealed_pin BLOB,
    valid_from_at_ms INTEGER,
    valid_until_at_ms INTEGER,
    reader_id TEXT NOT NULL DEFAULT '',
    card_id TEXT NOT NULL DEFAULT '',
    card_lock_uuid TEXT NOT NULL DEFAULT '',
    card_from_at_ms INTEGER,
    card_until_at_ms INTEGER,
    operator_guid TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    callback TEXT CHECK (callback IS NULL OR callback IN ('password_result', 'make_card_result', 'query_card_result',
                                                          'return_card_result')),
    created_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER,
    final_code INTEGER,
    message TEXT NOT NULL DEFAULT '',
    CHECK ((state IN ('open', 'unverifiable')) = (final_code IS NULL)),
    CHECK ((final_code IS NULL) = (finished_at_ms IS NULL)),
    CHECK (final_code IS NULL OR (state = 'succeeded') = (final_code = 0)),
    CHECK ((room_row IS NULL) = (room_id = ''))
) STRICT, WITHOUT ROWID;

INSERT INTO new_actions (action_id, state, pms_id, hotel_no, room_id, hotel_row, room_row, method, verb, manage,
                         request_key, sealed_pin, valid_until_at_ms, operator_guid, operator_name, callback,
                         created_at_ms, finished_at_ms, final_code, message)
SELECT a.action_id, a.state, a.pms_id, a.hotel_no, a.room_id, r.hotel_row, a.room_row, a.method, 'set_pin', a.manage,
       a.request_key, a.sealed_pin, a.valid_until_at_ms, a.operator_guid, a.operator_name,
       CASE a.callback_promised WHEN 1 THEN 'password_result' END,
       a.created_at_ms, a.finished_at_ms, a.final_code, a.message
FROM actions AS a
JOIN rooms AS r ON r.room_row = a.room_row;

DROP TABLE actions;
ALTER TABLE new_actions RENAME TO actions;

CREATE INDEX actions_open_requests ON actions (request_key) WHERE state = 'open';
CREATE INDEX actions_waiting ON actions (state, action_id) WHERE state IN ('open', 'unverifiable');
CREATE INDEX actions_open_of_room ON actions (room_row) WHERE state IN ('open', 'unverifiable');

-- ---------------------------------------------------------------------------------------------------- commands

-- behind = 1: an earlier command of the same lock, or of the same reader, is under way. A reader is a row of locks whose
-- uuid is 'reader:' and its id. Verbs come with lock clouds and are checked by the program.
CREATE TABLE new_commands (
    command_id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id TEXT NOT NULL REFERENCES actions (action_id),
    account TEXT NOT NULL,
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    verb TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling',
                                         'unverifiable', 'done', 'rejected', 'expired', 'superseded')),
    behind INTEGER NOT NULL CHECK (behind IN (0, 1)),
    ref TEXT NOT NULL DEFAULT '',
    credential_ref TEXT NOT NULL DEFAULT '',
    due_at_ms INTEGER NOT NULL,
    sends INTEGER NOT NULL DEFAULT 0,
    probes INTEGER NOT NULL DEFAULT 0,
    absent_probes INTEGER NOT NULL DEFAULT 0,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until_at_ms INTEGER,
    opened_at_ms INTEGER NOT NULL,
    accepted_at_ms INTEGER,
    finished_at_ms INTEGER,
    message TEXT NOT NULL DEFAULT '',
    vendor_code INTEGER NOT NULL DEFAULT 0,
    CHECK ((state IN ('sending', 'probing', 'polling')) = (lease_owner IS NOT NULL)),
    CHECK ((state IN ('done', 'rejected', 'expired', 'superseded')) = (finished_at_ms IS NOT NULL)),
    CHECK (behind = 0 OR state = 'pending')
) STRICT;

INSERT INTO new_commands (command_id, action_id, account, lock_row, verb, state, behind, ref, credential_ref, due_at_ms,
                          sends, probes, absent_probes, lease_token, lease_owner, lease_until_at_ms, opened_at_ms,
                          accepted_at_ms, finished_at_ms, message, vendor_code)
SELECT command_id, action_id, account, lock_row, verb, state, behind, ref, credential_ref, due_at_ms, sends, probes,
       absent_probes, lease_token, lease_owner, lease_until_at_ms, opened_at_ms, accepted_at_ms, finished_at_ms, message,
       vendor_code
FROM commands;

DROP TABLE commands;
ALTER TABLE new_commands RENAME TO commands;

CREATE INDEX commands_by_action ON commands (action_id);
CREATE INDEX commands_due ON commands (account, due_at_ms)
    WHERE behind = 0 AND state IN ('pending', 'uncertain', 'awaiting');
CREATE INDEX commands_leased ON commands (account, lease_until_at_ms) WHERE state IN ('sending', 'probing', 'polling');
CREATE INDEX commands_of_lock ON commands (lock_row, behind)
    WHERE state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling');
CREATE INDEX commands_by_ref ON commands (account, ref) WHERE ref <> '';
CREATE INDEX commands_unverifiable ON commands (opened_at_ms) WHERE state = 'unverifiable';
CREATE INDEX commands_unverifiable_of_lock ON commands (lock_row) WHERE state = 'unverifiable';

-- kind 'computed': made from the lock's own algorithm while it was off line; its credential_ref is 'computed:' and the
-- action. The PIN itself is the action's sealed_pin.
ALTER TABLE credentials ADD COLUMN kind TEXT NOT NULL DEFAULT 'online' CHECK (kind IN ('online', 'computed'));

CREATE INDEX credentials_of_room ON credentials (room_row, purpose) WHERE state = 'active' AND room_row IS NOT NULL;
CREATE INDEX credentials_removed ON credentials (changed_at_ms) WHERE state = 'removed';
CREATE INDEX credentials_computed ON credentials (valid_until_at_ms) WHERE kind = 'computed';

-- ---------------------------------------------------------------------------------------------------- cards

-- The stay a room's cards are made for. All cards of one stay carry the same beginning, to the second; a new stay begins
-- later than any before, because the lock then refuses the cards of older ones.
CREATE TABLE card_stays (
    lock_row INTEGER PRIMARY KEY REFERENCES locks (lock_row),
    begins_at_ms INTEGER NOT NULL,
    valid_until_at_ms INTEGER,
    state TEXT NOT NULL CHECK (state IN ('current', 'ended'))
) STRICT;

CREATE TABLE cards (
    account TEXT NOT NULL,
    card_id TEXT NOT NULL,
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    room_row INTEGER REFERENCES rooms (room_row),
    state TEXT NOT NULL CHECK (state IN ('active', 'cleared', 'lost')),
    begins_at_ms INTEGER NOT NULL,
    valid_until_at_ms INTEGER,
    action_id TEXT REFERENCES actions (action_id),
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (account, card_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_of_lock ON cards (lock_row) WHERE state = 'active';
CREATE INDEX cards_gone ON cards (changed_at_ms) WHERE state IN ('cleared', 'lost');
CREATE INDEX cards_by_action ON cards (action_id) WHERE action_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------- locks

ALTER TABLE lock_states ADD COLUMN signal_percent INTEGER;
ALTER TABLE lock_states ADD COLUMN signal_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lock_states ADD COLUMN battery_low INTEGER NOT NULL DEFAULT 0 CHECK (battery_low IN (0, 1));
ALTER TABLE lock_states ADD COLUMN fault_at_ms INTEGER NOT NULL DEFAULT 0;

-- succeeded = 0: a wrong password at the door.
ALTER TABLE lock_log ADD COLUMN succeeded INTEGER NOT NULL DEFAULT 1 CHECK (succeeded IN (0, 1));

CREATE INDEX lock_log_of_lock ON lock_log (lock_row, occurred_at_ms);

-- ---------------------------------------------------------------------------------------------------- views

CREATE VIEW open_actions AS
SELECT a.action_id, a.state, a.pms_id, a.hotel_no, a.room_id, a.method, a.operator_name, c.account, l.lock_uuid,
       c.verb, c.state AS command_state, c.sends, c.probes, c.message,
       strftime('%Y-%m-%d %H:%M:%S', a.created_at_ms / 1000 + 28800, 'unixepoch') AS created_at,
       strftime('%Y-%m-%d %H:%M:%S', c.due_at_ms / 1000 + 28800, 'unixepoch') AS command_due_at
FROM actions AS a
JOIN commands AS c ON c.action_id = a.action_id
JOIN locks AS l ON l.lock_row = c.lock_row
WHERE a.state IN ('open', 'unverifiable')
ORDER BY a.action_id;

CREATE VIEW room_cards AS
SELECT c.account, c.card_id, c.state, r.room_id, r.room_no, l.lock_uuid,
       strftime('%Y-%m-%d %H:%M:%S', c.begins_at_ms / 1000 + 28800, 'unixepoch') AS begins_at,
       strftime('%Y-%m-%d %H:%M:%S', c.valid_until_at_ms / 1000 + 28800, 'unixepoch') AS valid_until
FROM cards AS c
JOIN locks AS l ON l.lock_row = c.lock_row
LEFT JOIN rooms AS r ON r.room_row = c.room_row
ORDER BY c.account, c.card_id;
