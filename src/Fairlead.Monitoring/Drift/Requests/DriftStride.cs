namespace Fairlead.Monitoring.Drift.Requests;

/// <summary>How a long time is cut into periods, in UTC.</summary>
public enum DriftStride
{
    Day,

    /// <summary>From Monday.</summary>
    Week,

    Month,
}
