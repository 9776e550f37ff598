using System.Diagnostics;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Roles;

namespace Fairlead.Demo;

/// <summary>The folder that the demo works in: a git repository of its own, made from an example project.</summary>
internal sealed class DemoWorkspace
{
    private const string MarkerFile = ".fairlead-demo";

    private DemoWorkspace(string root) => State = new StateFolder(root);

    public StateFolder State { get; }

    /// <summary>Makes the workspace anew; one that an earlier demo left is stopped and replaced.</summary>
    /// <exception cref="FairleadException">Conflict when the folder holds something else.</exception>
    public static async Task<DemoWorkspace> CreateAsync(string example, string root, DemoDataset dataset, string dataFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            if (!File.Exists(Path.Combine(root, MarkerFile)))
                throw FairleadException.Conflict($"The folder '{root}' is not empty and not of an earlier demo; choose another with --dir.");
            await ControlProcess.StopAsync(new StateFolder(root), time, cancellationToken);
            DeleteFolder(root);
        }

        var data = Path.Combine(dataFolder, dataset.From);
        if (!File.Exists(data))
            throw FairleadException.NotFound($"The data file '{data}' was not restored; run 'npm ci --ignore-scripts' in the folder 'native' and try again.");
        CopyFolder(example, root);
        File.WriteAllText(Path.Combine(root, MarkerFile), "Made by 'fairlead demo', which may replace this folder.\n");
        var target = Path.Combine(root, dataset.To);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(data, target);
        var workspace = new DemoWorkspace(root);
        await workspace.GitAsync(["init", "--quiet", "--initial-branch=main"], cancellationToken);
        await workspace.CommitAsync("Start", cancellationToken);
        return workspace;
    }

    /// <summary>Commits everything and returns the commit's name.</summary>
    public async Task<string> CommitAsync(string message, CancellationToken cancellationToken)
    {
        await GitAsync(["add", "--all"], cancellationToken);
        await GitAsync(["-c", "user.name=Fairlead demo", "-c", "user.email=demo@fairlead.invalid", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m", message], cancellationToken);
        return (await GitAsync(["rev-parse", "HEAD"], cancellationToken)).Trim();
    }

    /// <summary>Changes the value of one parameter in the text of the project file, and nothing else in it.</summary>
    /// <returns>The value before.</returns>
    public string ChangeParameter(DemoChange change)
    {
        var path = Path.Combine(State.ProjectRoot, StateFolder.ProjectFileName);
        var (text, before) = ParameterEdit.Apply(File.ReadAllText(path), change.Step, change.Param, change.Value.GetRawText());
        File.WriteAllText(path, text);
        return before;
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (Path.GetFileName(folder) is not ("bin" or "obj" or "data" or StateFolder.Name))
                CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private static void DeleteFolder(string root)
    {
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (entry is DirectoryInfo && !OperatingSystem.IsWindows())
                entry.UnixFileMode |= UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        Directory.Delete(root, recursive: true);
    }

    private async Task<string> GitAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = State.ProjectRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = git.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await git.StandardError.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        return git.ExitCode == 0
            ? await output
            : throw FairleadException.Failed($"'git {arguments[0]}' failed in '{State.ProjectRoot}': {errors.Trim()}");
    }
}
