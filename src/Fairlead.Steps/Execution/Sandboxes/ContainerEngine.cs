using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>Podman or Docker, whichever answers first; asked once.</summary>
internal sealed partial class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TimeProvider time;
    private readonly Lazy<Task<ContainerProgram?>> found;

    /// <param name="programs">Names, the preferred one first.</param>
    public ContainerEngine(IReadOnlyList<string> programs, TimeProvider time)
    {
        this.time = time;
        found = new(() => LookAsync(programs));
    }

    public static bool IsPinned(string image) => Pinned().IsMatch(image);

    /// <exception cref="FairleadException">Unavailable when neither answers.</exception>
    public async Task<ContainerProgram> FindAsync(CancellationToken cancellationToken) =>
        await TryFindAsync(cancellationToken)
        ?? throw FairleadException.Unavailable("Containers need podman, or docker with its daemon running, and neither answers here; install podman, or use `sandbox: namespace`.");

    public Task<ContainerProgram?> TryFindAsync(CancellationToken cancellationToken) => found.Value.WaitAsync(cancellationToken);

    /// <summary>The image as it is here now, by its digest; null when it is not here.</summary>
    public async Task<string?> PinAsync(string image, CancellationToken cancellationToken)
    {
        if (await TryFindAsync(cancellationToken) is not { } program)
            return null;
        var format = program.IsPodman ? "{{.Digest}}" : "{{index .RepoDigests 0}}";
        var (code, text) = await RunAsync(program.Name, ["image", "inspect", "--format", format, image], cancellationToken);
        var digest = text[(text.LastIndexOf('@') + 1)..];
        return code == 0 && digest.StartsWith("sha256:", StringComparison.Ordinal) ? $"{WithoutTag(image)}@{digest}" : null;
    }

    /// <summary>Ends a container with all that is in it, and forgets it.</summary>
    public async Task<ContainerEnd> RemoveAsync(string program, string name, CancellationToken cancellationToken)
    {
        var (code, text) = await RunAsync(program, ["inspect", "--format", "{{.State.OOMKilled}}", name], cancellationToken);
        await RunAsync(program, ["rm", "--force", "--volumes", name], cancellationToken);
        return new ContainerEnd(code == 0 && text == "true");
    }

    [GeneratedRegex("@sha256:[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pinned();

    /// <summary>A colon behind the last slash begins a tag; one before it, a port.</summary>
    private static string WithoutTag(string image)
    {
        var colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? image[..colon] : image;
    }

    private async Task<ContainerProgram?> LookAsync(IReadOnlyList<string> programs)
    {
        foreach (var name in programs)
        {
            // The version of the part that runs containers: a client alone is not enough.
            var isPodman = Path.GetFileName(name).StartsWith("podman", StringComparison.Ordinal);
            var (code, version) = await RunAsync(name, ["version", "--format", isPodman ? "{{.Client.Version}}" : "{{.Server.Version}}"], CancellationToken.None);
            if (code == 0 && version.Length > 0)
                return new ContainerProgram(name, version, isPodman);
        }

        return null;
    }

    private async Task<(int? Code, string Text)> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                var error = process.StandardError.ReadToEndAsync(either.Token);
                var output = await process.StandardOutput.ReadToEndAsync(either.Token);
                await error;
                await process.WaitForExitAsync(either.Token);
                return (process.ExitCode, output.Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellationToken.ThrowIfCancellationRequested();
                throw FairleadException.Unavailable(string.Create(CultureInfo.InvariantCulture, $"'{program} {arguments[0]}' did not answer within {Patience.TotalSeconds:F0} s; see whether it works by hand."));
            }
        }
        catch (Win32Exception)
        {
            return (null, "");
        }
    }
}
