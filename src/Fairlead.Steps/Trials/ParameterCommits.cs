using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Sweeps;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Trials;

/// <summary>Writes parameters into the project file of the work tree and commits that file, whatever else is changed or staged there.</summary>
/// <param name="edit">Makes the text of the project file with one more change.</param>
public sealed class ParameterCommits(IWorkspace workspace, Func<string, ParameterChange, string> edit) : IParameterCommits
{
    private readonly SemaphoreSlim turn = new(1);

    public async Task<CommitState?> CommitAsync(IReadOnlyList<ParameterChange> changes, string message, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await RequireCleanAsync(cancellationToken);
            var path = Path.Combine(workspace.Root, StateFolder.ProjectFileName);
            var before = await File.ReadAllBytesAsync(path, cancellationToken);
            var after = Encoding.UTF8.GetBytes(changes.Aggregate(Encoding.UTF8.GetString(before), edit));
            if (before.AsSpan().SequenceEqual(after))
                return null;
            Replace(path, after);
            await CommitAsync(path, before, message);
            return (await workspace.ReadAsync(CancellationToken.None)).Commit;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RequireCleanAsync(CancellationToken cancellationToken)
    {
        var status = await GitCommand.RunAsync(workspace.Root, ["-c", "core.fsmonitor=false", "status", "--porcelain", "-z", "--", StateFolder.ProjectFileName], cancellationToken);
        if (status.ExitCode != 0)
            throw FairleadException.Invalid($"git could not tell the state of '{workspace.Root}': {status.Error}");
        if (status.Output.Length > 0)
            throw FairleadException.Conflict($"'{StateFolder.ProjectFileName}' has changes that are not committed; commit or undo them first.");
    }

    /// <summary>Not cancellable: with the file changed, it is committed or as it was.</summary>
    private async Task CommitAsync(string path, byte[] before, string message)
    {
        var committed = await GitCommand.RunAsync(workspace.Root, ["commit", "--quiet", "--only", "--message", message, "--", StateFolder.ProjectFileName], CancellationToken.None);
        if (committed.ExitCode == 0)
            return;
        Replace(path, before);
        throw FairleadException.Failed($"git refuses to commit '{StateFolder.ProjectFileName}', which is as it was: {OneLine(committed.Error.Length > 0 ? committed.Error : Encoding.UTF8.GetString(committed.Output))}");
    }

    /// <summary>The whole file or nothing of it, with the mode that it had.</summary>
    private static void Replace(string path, byte[] content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(4));
}
