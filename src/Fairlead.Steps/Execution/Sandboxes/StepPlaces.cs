namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>Where a step finds its folders, as it sees them.</summary>
/// <param name="Step">Where its command begins.</param>
/// <param name="ToolPath">The folder with <c>fairlead</c>, at the end of its PATH; null for none.</param>
/// <param name="HasMachinePath">The programs on this machine's PATH are there.</param>
internal sealed record StepPlaces(string Step, string Home, string Temp, string? ToolPath, bool HasMachinePath = true)
{
    /// <summary>In a sandbox they are the same on every machine, so that a path that a step writes into its output is, too.</summary>
    public const string SandboxedStep = "/step";
    public const string SandboxedHome = "/home/step";
    public const string SandboxedTemp = "/tmp";
    public const string SandboxedTools = "/opt/fairlead/bin";

    public string Inputs => Path.Combine(Step, WorkFolder.InputsName);

    public string Outputs => Path.Combine(Step, WorkFolder.OutputsName);
}
