namespace Fairlead.Predictions.Outcomes;

/// <summary>Files that outcomes are read from.</summary>
public enum OutcomeFileFormat
{
    /// <summary>With a line of names.</summary>
    Csv,

    Parquet,

    /// <summary>A flat JSON object a line.</summary>
    JsonLines,
}
