namespace Fairlead.Predictions.Log;

/// <summary>What a record of the log is about.</summary>
public enum SegmentRecordKind
{
    /// <summary>One answered request.</summary>
    Prediction = 2,

    /// <summary>What turned out to be true for a prediction.</summary>
    Outcome = 3,

    /// <summary>What turned out to be true for a unit, whose predictions are found when it is read.</summary>
    KeyedOutcome = 5,
}
