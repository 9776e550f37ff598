namespace Fairlead.Serving.Shadows;

/// <summary>Why a copy never reached its shadow.</summary>
internal enum ShadowDrop
{
    /// <summary>As many as may wait did.</summary>
    Full,

    /// <summary>Those that waited took as much memory as they may.</summary>
    Memory,

    /// <summary>It waited for too long.</summary>
    Late,

    /// <summary>The host was about to stop, or the shadow to go.</summary>
    Stopped,

    /// <summary>A stream, which is never at hand as a whole.</summary>
    Stream,

    /// <summary>A body was longer than what is kept of it.</summary>
    TooLong,

    /// <summary>It was refused, or answered before all of it was read.</summary>
    Unread,

    /// <summary>The client left before it had its answer.</summary>
    Abandoned,
}
