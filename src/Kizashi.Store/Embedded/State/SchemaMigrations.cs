using System.Globalization;

namespace Kizashi.Store.Embedded.State;

/// <summary>The schema of kizashi.db, as the steps that lead to it.</summary>
internal static class SchemaMigrations
{
    private static readonly string[] Steps = [Version1, Version2, Version3, Version4];

    /// <summary>The newest version this program knows.</summary>
    public static int Current => Steps.Length;

    /// <exception cref="StoreVersionException">The file is newer than <see cref="Current"/>.</exception>
    public static void Apply(SqliteSession session) => Apply(session, Current);

    public static void Apply(SqliteSession session, int target)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        var version = (int)session.Number("SELECT max(version) FROM schema_version");
        if (version > Current)
        {
            throw new StoreVersionException(string.Create(
                CultureInfo.InvariantCulture,
                $"The data directory has schema version {version}; this Kizashi knows up to {Current}. Use a newer Kizashi."));
        }

        for (var step = version; step < target; step++)
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var statement in Steps[step].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                session.Execute(statement);

            if (step + 1 == 4)
                RollupsOfVersion3.Convert(session);

            session.Execute("INSERT INTO schema_version VALUES ($0)", step + 1);
            session.Execute("COMMIT");
        }
    }

    private const string Version1 = """
        CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

        CREATE TABLE sensor (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE batch_id (id BLOB PRIMARY KEY, stored INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE segment (
            id INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL, tier INTEGER NOT NULL, file TEXT NOT NULL UNIQUE,
            rows INTEGER NOT NULL, packets INTEGER NOT NULL, bytes INTEGER NOT NULL,
            min_slot INTEGER NOT NULL, max_slot INTEGER NOT NULL,
            min_source BLOB NOT NULL, max_source BLOB NOT NULL,
            simulated INTEGER NOT NULL, stored INTEGER NOT NULL,
            sensor TEXT, last_sequence INTEGER);

        CREATE TABLE batch (
            sensor TEXT NOT NULL, sequence INTEGER NOT NULL, id BLOB NOT NULL,
            shard INTEGER NOT NULL, shards INTEGER NOT NULL,
            from_ms INTEGER NOT NULL, watermark_ms INTEGER NOT NULL,
            simulated INTEGER NOT NULL, health TEXT NOT NULL, stored INTEGER NOT NULL,
            v4_rows INTEGER NOT NULL, v6_rows INTEGER NOT NULL,
            backscatter_v4_rows INTEGER NOT NULL, backscatter_v6_rows INTEGER NOT NULL, samples INTEGER NOT NULL,
            v4_segment INTEGER, v6_segment INTEGER, backscatter_segment INTEGER, sample_segment INTEGER,
            PRIMARY KEY (sensor, sequence)) WITHOUT ROWID;

        CREATE TABLE coverage (sensor TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,
            PRIMARY KEY (sensor, from_ms)) WITHOUT ROWID;

        CREATE TABLE rollup (
            id INTEGER PRIMARY KEY,
            subject INTEGER NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL,
            sensor TEXT NOT NULL, folded INTEGER NOT NULL,
            packets INTEGER NOT NULL, tuples INTEGER NOT NULL, body BLOB NOT NULL, stored INTEGER NOT NULL);
        CREATE INDEX rollup_by_start ON rollup (subject, level, start);
        CREATE INDEX rollup_unfolded ON rollup (level, start) WHERE folded = 0;

        CREATE TABLE checkpoint (
            sensor TEXT PRIMARY KEY, sequence INTEGER NOT NULL, watermark_ms INTEGER NOT NULL, file TEXT NOT NULL)
            WITHOUT ROWID;

        CREATE TABLE alert (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, address BLOB,
            severity INTEGER NOT NULL, opened INTEGER NOT NULL, closed INTEGER,
            country TEXT NOT NULL, asn INTEGER NOT NULL, text TEXT NOT NULL,
            acknowledged INTEGER, acknowledged_by TEXT, assigned_to TEXT,
            verdict TEXT, notes TEXT);
        CREATE INDEX alert_by_opened ON alert (opened, id);
        CREATE INDEX alert_by_key ON alert (kind, subject, opened);
        CREATE INDEX alert_by_subject ON alert (subject, opened);
        CREATE INDEX alert_by_address ON alert (address, opened) WHERE address IS NOT NULL;
        CREATE INDEX alert_by_country ON alert (country, opened, id);
        CREATE INDEX alert_by_asn ON alert (asn, opened, id);
        CREATE INDEX alert_by_severity ON alert (severity, opened, id);
        CREATE INDEX alert_open ON alert (opened, id) WHERE closed IS NULL;
        CREATE TABLE alert_body (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE alert_sensor (sensor TEXT NOT NULL, alert TEXT NOT NULL, PRIMARY KEY (sensor, alert)) WITHOUT ROWID;
        CREATE TABLE alert_event (event TEXT PRIMARY KEY, alert TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE alert_sample (
            alert TEXT NOT NULL, time_us INTEGER NOT NULL, hash INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (alert, time_us, hash)) WITHOUT ROWID;

        CREATE TABLE account (
            key TEXT PRIMARY KEY, name TEXT NOT NULL, password_hash TEXT NOT NULL, role TEXT NOT NULL,
            created INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE token (hash BLOB PRIMARY KEY, purpose TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID
        """;

    // Version 1 knew gaps only as what no batch covers; sensors also state gaps of their own.
    private const string Version2 = """
        CREATE TABLE sensor_gap (
            sensor TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (sensor, from_ms, to_ms)) WITHOUT ROWID;
        CREATE INDEX alert_unacknowledged ON alert (opened, id) WHERE acknowledged IS NULL;
        CREATE INDEX batch_by_stored ON batch (stored)
        """;

    // A page of one kind is a walk along this index; severity chooses too little to be worth one.
    private const string Version3 = """
        CREATE INDEX alert_by_kind ON alert (kind, opened, id);
        DROP INDEX alert_by_severity
        """;

    // Sums and sketches of a rollup lay in one; now whoever asks for sums reads only those.
    private const string Version4 = "ALTER TABLE rollup ADD COLUMN sketches BLOB NOT NULL DEFAULT x''";
}
