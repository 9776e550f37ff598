using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Git;

/// <summary>Runs the <c>git</c> program, without a shell, without questions, in English, and not for ever.</summary>
internal sealed class GitProgram(TimeProvider time)
{
    // A hook sets these for its own repository; here the folder alone decides.
    private static readonly string[] Overrides = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_ASKPASS", "SSH_ASKPASS"];

    /// <param name="input">Written to its standard input.</param>
    /// <param name="environment">Further variables: secrets stand here, as everybody can read arguments.</param>
    /// <exception cref="FairleadException">Unavailable: it took longer than the limit; Invalid: there is no git.</exception>
    public async Task<GitOutput> RunAsync(string folder, IReadOnlyList<string> arguments, string? input, IReadOnlyDictionary<string, string>? environment, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var process = Start(folder, arguments, environment);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => ending.Cancel(), null, limit, Timeout.InfiniteTimeSpan);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ending.Token);
            var error = process.StandardError.ReadToEndAsync(ending.Token);
            await WriteAsync(process, input, ending.Token).ConfigureAwait(false);
            await Task.WhenAll(output, error).ConfigureAwait(false);
            await process.WaitForExitAsync(ending.Token).ConfigureAwait(false);
            return new GitOutput(process.ExitCode, await output.ConfigureAwait(false), (await error.ConfigureAwait(false)).Trim());
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw FairleadException.Unavailable($"'git {arguments[0]}' took longer than {limit.TotalSeconds:0} s and was ended; see whether the repository can be reached.", e);
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything, and says why.
        }
    }

    private static Process Start(string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var utf8 = new UTF8Encoding(false);
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (var name in Overrides)
            start.Environment.Remove(name);
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        // Programs as transports are not addresses of repositories.
        start.Environment["GIT_ALLOW_PROTOCOL"] = "file:git:http:https:ssh";
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e) when (Directory.Exists(folder))
        {
            throw new FairleadException(ProblemKind.Invalid, "The program 'git' cannot be started; install it, for example with `apt-get install git`.", e);
        }
        catch (Win32Exception e)
        {
            throw FairleadException.Unavailable($"There is no folder '{folder}' any more.", e);
        }
    }
}
