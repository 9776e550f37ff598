using System.Diagnostics;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>State that was altered behind the program's back, or written by a later one.</summary>
public sealed class DamageTests
{
    [Fact]
    public async Task Deploy_OfAModelAlteredInTheStore_IsRefusedAndWhatIsLiveStays()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        await project.MustAsync("fsck");
        project.Replace("fairlead.yaml", "l2: 0.001", "l2: 0.1");
        project.Commit("Shrink more");
        await project.MustAsync("run");
        var digest = (await project.MustAsync("release", "--format", "json")).Json.GetProperty("release").GetProperty("services")[0].GetProperty("model").GetProperty("artifact").GetProperty("digest").GetString()!;
        Alter(project, digest);

        var deploy = await project.RunAsync("deploy", "prod");

        Assert.Equal(1, deploy.ExitCode);
        Assert.Contains("churn@2", deploy.Errors);
        Assert.Contains("altered", deploy.Errors);
        Assert.Contains(digest, deploy.Errors);
        Assert.Equal("churn-prod-v001", await ChurnProjectTests.InferAsync(project));
        await AssertFoundAsync(project, digest, ["model churn@2", "output model.onnx of train-2", "release v002", "rollout", "server groups"]);
    }

    [Fact]
    public async Task Fsck_OfAMissingBlob_NamesWhatItBelongsTo()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        var digest = (await project.MustAsync("dataset", "add", "--format", "json")).Json[0].GetProperty("artifact").GetProperty("digest").GetString()!;
        File.Delete(BlobOf(project, digest));

        var found = await project.RunAsync("fsck", "--format", "json");

        Assert.Equal(7, found.ExitCode);
        using var answer = JsonDocument.Parse(found.Output);
        Assert.Equal(digest, answer.RootElement.GetProperty("missing")[0].GetProperty("digest").GetString());
        await project.MustAsync("dataset", "add");
        await project.MustAsync("fsck");
    }

    [Fact]
    public async Task Up_OnTheCatalogOfALaterVersion_IsRefusedAndChangesNothing()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.MustAsync("run");
        await project.MustAsync("down");
        var catalog = Path.Combine(project.Root, ".fairlead", "catalog.db");
        Sql(catalog, "insert into schema_migrations (number, name, applied_at) values (999, 'later', '2030-01-01T00:00:00Z')");
        var before = File.ReadAllBytes(catalog);

        var up = await project.RunAsync("up", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}");

        Assert.Equal(5, up.ExitCode);
        Assert.Contains("999", up.Errors);
        Assert.DoesNotContain("info:", up.Errors);
        Assert.Equal(before, File.ReadAllBytes(catalog));
        Assert.Empty(Signals.ProcessesNaming(project.Root));
    }

    [Fact]
    public async Task Up_OnACatalogThatIsNone_SaysSoAndLeavesItAlone()
    {
        await using var project = TempProject.Churn();
        project.Write(".fairlead/catalog.db", "This is no database, and long enough to be looked at as one by whoever opens it without care.");

        var up = await project.RunAsync("up", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}");

        Assert.Equal(7, up.ExitCode);
        Assert.Contains("catalog.db", up.Errors);
        Assert.StartsWith("This is no database", File.ReadAllText(Path.Combine(project.Root, ".fairlead", "catalog.db")));
        Assert.Empty(Signals.ProcessesNaming(project.Root));
    }

    [Fact]
    public async Task Release_OfATruncatedModel_IsRefusedAndWhatIsLiveStays()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        var script = File.ReadAllText(Path.Combine(project.Root, "steps", "train.py"));
        project.Write("steps/train.py", script + "\nimport os\nos.truncate('out/model.onnx', os.path.getsize('out/model.onnx') // 2)\n");
        project.Commit("Cut the model in half");
        await project.MustAsync("run");

        var release = await project.RunAsync("release");

        Assert.Equal(1, release.ExitCode);
        Assert.Contains("train-2", release.Errors);
        Assert.Equal("churn-prod-v001", await ChurnProjectTests.InferAsync(project));
    }

    private static async Task AssertFoundAsync(TempProject project, string digest, string[] users)
    {
        var table = await project.RunAsync("fsck");
        Assert.Equal(7, table.ExitCode);
        Assert.Contains(digest, table.Output);
        var json = await project.RunAsync("fsck", "--format", "json");
        using var answer = JsonDocument.Parse(json.Output);
        var damaged = Assert.Single(answer.RootElement.GetProperty("damaged").EnumerateArray());
        Assert.Equal(digest, damaged.GetProperty("digest").GetString());
        Assert.Equal(users, damaged.GetProperty("usedBy").EnumerateArray().Select(user => user.GetString()));
    }

    private static void Alter(TempProject project, string digest)
    {
        var path = BlobOf(project, digest);
        var bytes = File.ReadAllBytes(path);
        bytes[^10] ^= 0x40;
        // It is read-only.
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    private static string BlobOf(TempProject project, string digest) =>
        Path.Combine(project.Root, ".fairlead", "store", "blobs", "sha256", digest["sha256:".Length..]);

    private static void Sql(string database, string statement)
    {
        using var python = Process.Start("python3", ["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.execute('pragma wal_checkpoint(truncate)'); c.close()", database, statement]);
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
    }
}
