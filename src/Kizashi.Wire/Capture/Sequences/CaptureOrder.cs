namespace Kizashi.Wire.Capture.Sequences;

/// <summary>In which order several captures are read.</summary>
public enum CaptureOrder
{
    /// <summary>As given, the files of a directory by name, numbers in names by value.</summary>
    Name,

    /// <summary>By the time of their first frame, which is read beforehand.</summary>
    FirstFrame,
}
