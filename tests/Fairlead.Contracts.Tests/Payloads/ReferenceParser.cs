using System.Diagnostics;

namespace Fairlead.Contracts.Tests.Payloads;

/// <summary>The compiler's own parser, stricter than generated code, which reads past the end of packed values of a fixed size.</summary>
internal static class ReferenceParser
{
    public static async Task<bool> AcceptsAsync(byte[] richBytes)
    {
        var home = Path.Combine(AppContext.BaseDirectory, "protoc");
        var start = new ProcessStartInfo(Path.Combine(home, "protoc"), ["--decode=rich.Rich", "--proto_path=Protos", $"--proto_path={home}/include", "rich.proto"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var texts = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.BaseStream.WriteAsync(richBytes);
        process.StandardInput.Close();
        await texts;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
