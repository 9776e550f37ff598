namespace Fairlead.Predictions.Log;

/// <summary>What stands at a reader's position.</summary>
internal enum FrameOutcome
{
    /// <summary>A whole record whose checksum is right.</summary>
    Whole,

    /// <summary>Nothing: the end of the file, or zeros that are not written yet.</summary>
    Nothing,

    /// <summary>Something that is no whole record: cut short, still being written, or damaged.</summary>
    Torn,
}
