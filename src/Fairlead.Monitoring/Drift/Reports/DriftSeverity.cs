namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>How much a field drifted: by significance and size together.</summary>
public enum DriftSeverity
{
    /// <summary>Not significant, or too small to matter.</summary>
    None,

    /// <summary>Surely there, and small.</summary>
    Slight,

    /// <summary>Surely there, and large.</summary>
    Strong,
}
