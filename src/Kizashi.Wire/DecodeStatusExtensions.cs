namespace Kizashi.Wire;

/// <summary>Judgement of a <see cref="DecodeStatus"/>.</summary>
public static class DecodeStatusExtensions
{
    extension(DecodeStatus status)
    {
        /// <summary>The outermost IP or transport header cannot be decoded; frames without IP are not meant.</summary>
        public bool IsMalformed => status is DecodeStatus.Truncated or DecodeStatus.Inconsistent;
    }
}
