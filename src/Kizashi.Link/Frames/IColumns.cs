namespace Kizashi.Link.Frames;

/// <summary>Where columns go one after the other, or come from: so that those who write and those who read them name them once.</summary>
internal interface IColumns
{
    void Column<T>(Span<T> values)
        where T : unmanaged;
}
