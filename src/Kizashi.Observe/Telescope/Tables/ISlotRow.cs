namespace Kizashi.Observe.Telescope.Tables;

/// <summary>A row of a <see cref="SlotTable{TRow}"/>; the same struct carries an arriving packet to the table.</summary>
/// <remarks>Static dispatch over structs: the compiler specializes the table's loops for each row type.</remarks>
internal interface ISlotRow<TSelf>
    where TSelf : unmanaged, ISlotRow<TSelf>
{
    /// <summary>Packets since the last hand-over.</summary>
    uint Packets { get; }

    /// <summary>Which of the open slots an arrival belongs to.</summary>
    int Lane { get; }

    /// <summary>Index of the arrival's frame in its unit.</summary>
    int Frame { get; }

    /// <summary>What the loop has to do with an arrival.</summary>
    ArrivalFlags Flags { get; }

    ulong Hash(ulong seed);

    bool SameKey(in TSelf other);

    /// <summary>Turns an arrival into a row of one packet.</summary>
    void Begin();

    /// <summary>Adds an arrival of the same key.</summary>
    void Add(in TSelf arrival);

    /// <summary>Forgets the packets after a hand-over; the key stays until the slot ends.</summary>
    void Clear();
}
