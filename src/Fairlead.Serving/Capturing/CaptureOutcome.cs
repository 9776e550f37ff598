namespace Fairlead.Serving.Capturing;

/// <summary>What became of a record.</summary>
internal enum CaptureOutcome
{
    /// <summary>It is in the log.</summary>
    Captured,

    /// <summary>There is none, and there shall be none.</summary>
    LeftOut,

    /// <summary>The log could not take it.</summary>
    Lost,
}
