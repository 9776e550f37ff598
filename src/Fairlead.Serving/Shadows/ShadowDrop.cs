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

    /// <summary>The host was about to stop.</summary>
    Stopped,
}
