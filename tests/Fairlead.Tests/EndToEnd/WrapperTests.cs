using System.Diagnostics;

namespace Fairlead.Tests.EndToEnd;

/// <summary>The script that builds and starts the program, where something that it needs is missing.</summary>
public sealed class WrapperTests
{
    private static readonly string[] Tools = ["bash", "env", "dirname", "readlink", "cat", "find", "date", "flock", "mkdir", "rm"];

    [Theory]
    [InlineData("dotnet", ".NET SDK 10")]
    [InlineData("npm", "Node.js")]
    public void Wrapper_WithoutAProgramThatItNeeds_NamesIt(string missing, string cure)
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-wrapper-");
        var path = folder.CreateSubdirectory("path").FullName;
        foreach (var tool in Tools)
            File.CreateSymbolicLink(Path.Combine(path, tool), Find(tool));
        if (missing != "dotnet")
            File.CreateSymbolicLink(Path.Combine(path, "dotnet"), Find("dotnet"));
        // A checkout that was never built.
        folder.CreateSubdirectory("src");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "wrapper", "fairlead"), Path.Combine(folder.FullName, "fairlead"));
        var start = new ProcessStartInfo("bash", [Path.Combine(folder.FullName, "fairlead"), "--help"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = path;

        using var wrapper = Process.Start(start)!;
        var errors = wrapper.StandardError.ReadToEnd();
        wrapper.WaitForExit();

        Assert.Equal(127, wrapper.ExitCode);
        Assert.Contains($"'{missing}'", errors);
        Assert.Contains(cure, errors);
        folder.Delete(recursive: true);
    }

    private static string Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
