namespace Kizashi.Observe.Telescope;

/// <summary>Whose clock the packets follow, and with it when gains are handed on.</summary>
public enum TelescopePace
{
    /// <summary>A file read as fast as it can be: batches end where slots end, and the same file gives the same batches.</summary>
    Unpaced,

    /// <summary>A replay of past or simulated time at a chosen speed: gains are handed on every flush interval of real time.</summary>
    Paced,

    /// <summary>A wire: packet time is real time, so a quiet wire closes its slots by the clock.</summary>
    Live,
}
