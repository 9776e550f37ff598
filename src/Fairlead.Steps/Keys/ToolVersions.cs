using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Keys;

/// <summary>The version lines of programs; asked once for each state of the program's file.</summary>
/// <param name="searchPath">The PATH that steps see.</param>
/// <param name="work">Below which a program that is asked has its home: a successor sweeps it, and ends what lives in it.</param>
internal sealed class ToolVersions(string searchPath, string work, TimeProvider time, ILogger logger)
{
    /// <summary>ETXTBSY.</summary>
    private const int FileBusy = 26;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(string Path, DateTime Written, long Length), string> known = new();

    /// <summary>The first line that <c>tool --version</c> prints, or the digest of its file when it knows no such option; null when it is not on the path.</summary>
    /// <exception cref="FairleadException">Failed when the program does not answer in time; Unavailable while its file is being written.</exception>
    public async Task<string?> FindAsync(string tool, CancellationToken cancellationToken)
    {
        if (Locate(tool) is not { } path)
            return null;
        var file = new FileInfo(path);
        file = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        var key = (path, file.LastWriteTimeUtc, file.Length);
        if (known.TryGetValue(key, out var version))
            return version;
        return known[key] = await AskAsync(tool, path, cancellationToken) ?? await HashAsync(file, cancellationToken);
    }

    private string? Locate(string tool)
    {
        var candidates = tool.Contains('/')
            ? [tool]
            : searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, tool));
        return candidates.FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    private async Task<string?> AskAsync(string tool, string path, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Path.Combine(work, $"tool-{Guid.NewGuid():n}")).FullName;
        try
        {
            using var process = Start(path, home);
            return await ReadAsync(tool, path, process, cancellationToken);
        }
        catch (Win32Exception e) when (e.NativeErrorCode == FileBusy)
        {
            throw FairleadException.Unavailable($"The tool '{tool}' is being written at this moment ('{path}'); try again.", e);
        }
        catch (Win32Exception)
        {
            // A script whose interpreter is missing, or a program for another machine.
            return null;
        }
        finally
        {
            Execution.FolderRemoval.TryRemove(home, logger);
        }
    }

    private async Task<string?> ReadAsync(string tool, string path, Process process, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var error = process.StandardError.ReadToEndAsync(either.Token);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? FirstLine(await output) ?? FirstLine(await error) : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw FairleadException.Failed($"The tool '{tool}' did not answer `{path} --version` within {Patience.TotalSeconds:F0} s; mend it or remove it from `tools`.");
        }
    }

    /// <summary>Neither the user's environment nor the present folder may colour the answer.</summary>
    private Process Start(string path, string home)
    {
        var start = new ProcessStartInfo(path, ["--version"])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = searchPath;
        start.Environment["HOME"] = home;
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in Execution.StepEnvironment.DotnetSettings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string? FirstLine(string text) =>
        text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);

    private static async Task<string> HashAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var content = file.OpenRead();
        return Domain.Artifacts.Digest.FromHash(await SHA256.HashDataAsync(content, cancellationToken)).ToString();
    }
}
