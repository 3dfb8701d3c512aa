namespace Kizashi.Core.Storage;

/// <summary>What became of a batch given to the store.</summary>
public enum AppendOutcome
{
    /// <summary>Taken; durable and visible after the next commit.</summary>
    Taken,

    /// <summary>A batch of this id is already there; nothing was added.</summary>
    Duplicate,

    /// <summary>The disk is full or failing; the batch was not taken and is counted as lost.</summary>
    Refused,
}
