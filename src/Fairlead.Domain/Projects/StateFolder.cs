namespace Fairlead.Domain.Projects;

/// <summary>Where a project's local state lives: one folder beside the project file, never part of the repository.</summary>
/// <param name="ProjectRoot">Absolute path of the folder that holds the project file.</param>
public sealed record StateFolder(string ProjectRoot)
{
    public const string Name = ".fairlead";
    public const string ProjectFileName = "fairlead.yaml";

    public string Root => Path.Combine(ProjectRoot, Name);

    /// <summary>OCI image layout.</summary>
    public string Store => Path.Combine(Root, "store");

    public string CatalogFile => Path.Combine(Root, "catalog.db");

    /// <summary>Segments of the capture log.</summary>
    public string CaptureLog => Path.Combine(Root, "log");

    /// <summary>Compacted predictions and outcomes, as Parquet.</summary>
    public string Predictions => Path.Combine(Root, "predictions");

    /// <summary>The host's own: the last desired state, its report, its log.</summary>
    public string Host => Path.Combine(Root, "host");

    /// <summary>The key of the hashes that stand for values in the capture log; there once one was needed.</summary>
    public string CaptureKey => Path.Combine(Host, "capture.key");

    /// <summary>The control plane's own: its lock, where it listens, its log.</summary>
    public string Control => Path.Combine(Root, "control");

    /// <summary>What hosts reported in the last hours, a file for each.</summary>
    public string HostSamples => Path.Combine(Control, "host-samples");

    /// <summary>How far the audit log went, beside the catalog that holds it.</summary>
    public string AuditHead => Path.Combine(Control, "audit-head");

    /// <summary>Secrets, encrypted, and the key that Fairlead made for them: for their owner alone.</summary>
    public string Secrets => Path.Combine(Root, "secrets");

    /// <summary>Working folders of the steps that run now.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary>Copies of the system's settings, for the sandboxes of steps.</summary>
    public string Settings => Path.Combine(Root, "settings");

    /// <summary>The project as it was at commits that executions need: a folder for each.</summary>
    public string Checkouts => Path.Combine(Root, "checkouts");

    /// <summary>Copies of other repositories that triggers look at: a bare one for each.</summary>
    public string Mirrors => Path.Combine(Root, "mirrors");

    /// <summary>Replays that are not done: a folder for each, with the chunks that are.</summary>
    public string Replays => Path.Combine(Root, "replays");

    /// <summary>Data on its way from a URL: what is there already is not fetched again.</summary>
    public string Downloads => Path.Combine(Root, "downloads");

    /// <summary>What the instances of command services print: a folder for each server group, a file for each instance.</summary>
    public string Logs => Path.Combine(Root, "logs");
}
