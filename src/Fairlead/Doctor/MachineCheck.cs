using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fairlead.Commands;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Inference;

namespace Fairlead.Doctor;

/// <summary>Looks at everything that Fairlead needs of a machine.</summary>
internal static class MachineCheck
{
    private const long LowDisk = 2_000_000_000;

    /// <param name="folder">Where the user stands.</param>
    public static IReadOnlyList<Finding> Run(string folder) =>
    [
        new("platform", Verdict.Good, $"{RuntimeInformation.RuntimeIdentifier}, .NET {Environment.Version}, {Environment.ProcessorCount} processors"),
        Program("git", ["--version"], Verdict.Bad, "apt-get install git"),
        Engine("onnx runtime", () =>
        {
            using var runtime = new OnnxModelRuntime();
            return "loads";
        }),
        Engine("duckdb", () => DuckDbDatabase.LibraryVersion),
        Program("python3", ["--version"], Verdict.Optional, "apt-get install python3"),
        .. SandboxCheck.Run(),
        Program("skopeo", ["--version"], Verdict.Optional, "apt-get install skopeo"),
        Disk(folder),
        Project(folder),
    ];

    private static Finding Program(string name, IReadOnlyList<string> arguments, Verdict whenMissing, string cure)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0
                ? new Finding(name, Verdict.Good, version)
                : new Finding(name, whenMissing, $"ends with code {process.ExitCode}", cure);
        }
        catch (Win32Exception)
        {
            return new Finding(name, whenMissing, "not found on the PATH", cure);
        }
    }

    private static Finding Engine(string name, Func<string> load)
    {
        try
        {
            return new Finding(name, Verdict.Good, load());
        }
        catch (Exception e) when (e is DllNotFoundException or FairleadException or BadImageFormatException or InvalidOperationException)
        {
            return new Finding(name, Verdict.Bad, e.Message, "npm ci --ignore-scripts   (in the folder 'native')");
        }
    }

    private static Finding Disk(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free < LowDisk
            ? new Finding("disk", Verdict.Optional, $"only {Sizes.Describe(free)} free at '{folder}'", "free some space")
            : new Finding("disk", Verdict.Good, $"{Sizes.Describe(free)} free");
    }

    private static Finding Project(string folder) =>
        File.Exists(Path.Combine(folder, StateFolder.ProjectFileName))
            ? new Finding("project", Verdict.Good, Path.Combine(folder, StateFolder.ProjectFileName))
            : new Finding("project", Verdict.Optional, $"no {StateFolder.ProjectFileName} in '{folder}'", "fairlead init");
}
