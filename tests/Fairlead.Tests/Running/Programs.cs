using System.Diagnostics;

namespace Fairlead.Tests.Running;

/// <summary>Runs other programs than this project's own.</summary>
internal static class Programs
{
    /// <summary>What it prints, without the line's end; it must succeed.</summary>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}:\n{output}\n{await errors}");
        return output.TrimEnd();
    }
}
