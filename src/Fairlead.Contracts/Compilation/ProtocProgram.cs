using System.ComponentModel;
using System.Diagnostics;
using Fairlead.Domain.Problems;

namespace Fairlead.Contracts.Compilation;

/// <summary>Runs <c>protoc</c>: without a shell, without the network, within a time limit.</summary>
internal sealed class ProtocProgram(string path, string wellKnownTypes, TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    /// <param name="folder">Of the program; the build puts the compiler into <c>protoc/</c> below it.</param>
    public static ProtocProgram Beside(string folder, TimeProvider time)
    {
        var home = Path.Combine(folder, "protoc");
        return new ProtocProgram(Path.Combine(home, OperatingSystem.IsWindows() ? "protoc.exe" : "protoc"), Path.Combine(home, "include"), time, DefaultLimit);
    }

    /// <param name="folder">Absolute.</param>
    /// <param name="file">Relative to the folder.</param>
    /// <param name="output">Where the descriptors go.</param>
    public async Task<ProtocRun> RunAsync(string folder, string file, string output, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var process = Start(folder, file, output);
        try
        {
            process.StandardInput.Close();
            var ignored = process.StandardOutput.ReadToEndAsync(either.Token);
            var error = process.StandardError.ReadToEndAsync(either.Token);
            await Task.WhenAll(ignored, error);
            await process.WaitForExitAsync(either.Token);
            return new ProtocRun(process.ExitCode, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            // The folder that it writes to is about to be deleted.
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw FairleadException.Failed($"The contract '{file}' did not compile within {limit.TotalSeconds:0} s: look for an import that is no ordinary file.");
        }
    }

    private Process Start(string folder, string file, string output)
    {
        // Imports are written from the root of the repository or, as often, from the file's own folder. Relative, since a path with ':' is read as two.
        var own = Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent : ".";
        var start = new ProcessStartInfo(path)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--proto_path=.", $"--proto_path={own}", $"--proto_path={wellKnownTypes}",
                "--include_imports", $"--descriptor_set_out={output}", file,
            },
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new FairleadException(ProblemKind.Failed, $"The compiler of contracts, '{path}', cannot be started ({e.Message}): install the program again.", e);
        }
    }
}
