using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>A disk that is full: what fails says so, what can go on does, and nothing half-written stays.</summary>
public sealed class FullDiskTests
{
    private const string Input = """{"features": [3, 39.0, 6]}""";

    [Fact]
    public async Task Program_OnAFullDisk_FailsWhatNeedsSpaceAndAnswersAllTheSame()
    {
        using var disk = SmallDisk.Mount(megabytes: 40);
        var project = TempProject.Churn(disk.Folder);
        try
        {
            await project.UpAsync();
            await project.DeployAsync("prod");
            var script = File.ReadAllText(Path.Combine(project.Root, "steps", "train.py"));

            project.Write("steps/train.py", script + "\nopen('out/weights.json', 'ab').write(b' ' * 18_000_000)\n");
            await AssertStepFailsAsync(project, "is full");
            disk.Fill();
            await AssertAnsweredButLostAsync(project);

            disk.Free();
            project.Write("steps/train.py", script);
            await project.MustAsync("run");
            await project.MustAsync("fsck");
        }
        finally
        {
            await project.StopAsync();
        }
    }

    /// <summary>The output fits into the step's folder, and not into the store as well.</summary>
    private static async Task AssertStepFailsAsync(TempProject project, string reason)
    {
        var run = await project.RunAsync("run");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Output);
        Assert.Contains("train", run.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(project.Root, ".fairlead", "work")));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(project.Root, ".fairlead", "store", "tmp"), "*", SearchOption.AllDirectories), file => new FileInfo(file).Length > 1_000_000);
    }

    private static async Task AssertAnsweredButLostAsync(TempProject project)
    {
        await project.MustAsync("predict", "churn", "--env", "prod", "--input", Input);
        CliResult status;
        var attempts = 0;
        do
            // The host tells of itself every few seconds.
            status = await project.MustAsync("status");
        while (!status.Output.Contains("alarm", StringComparison.Ordinal) && ++attempts < 100);
        Assert.Contains("answered but not recorded", status.Output);
        var query = await project.RunAsync("query", "select count(*) from predictions");
        Assert.True(query.ExitCode is 0 or 8, query.Errors);
    }
}
