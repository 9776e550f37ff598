namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>What live rows are compared with.</summary>
public enum AgainstKind
{
    /// <summary>The data that trained the live model, found by lineage.</summary>
    Training,

    /// <summary>The time just before.</summary>
    Previous,

    /// <summary>A dataset version by name.</summary>
    Dataset,

    /// <summary>A period by its bounds.</summary>
    Period,

    /// <summary>The first of several periods.</summary>
    First,
}
