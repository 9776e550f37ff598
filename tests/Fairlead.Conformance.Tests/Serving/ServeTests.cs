using Fairlead.Conformance.Tests.Running;

namespace Fairlead.Conformance.Tests.Serving;

/// <summary><c>fairlead serve</c> over folders as people have them.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task Serve_Stopped_LeavesNothingBehind()
    {
        using var folder = new TempFolder();
        Put(folder, "vector", 1);
        await using var serving = ServeProcess.Start(folder.Path);
        await serving.WaitUntilReadyAsync();
        Assert.Single(Directory.GetDirectories(folder.Path, "fairlead-serve-*"));

        Assert.Equal(0, await serving.StopAsync());

        Assert.Empty(Directory.GetDirectories(folder.Path, "fairlead-serve-*"));
    }

    [Fact]
    public async Task Serve_Killed_LeavesWhatTheNextRemoves()
    {
        using var folder = new TempFolder();
        Put(folder, "vector", 1);
        await using (var killed = ServeProcess.Start(folder.Path))
            await killed.WaitUntilReadyAsync();
        var left = Assert.Single(Directory.GetDirectories(folder.Path, "fairlead-serve-*"));

        await using var first = ServeProcess.Start(folder.Path);
        await first.WaitUntilReadyAsync();
        var own = Assert.Single(Directory.GetDirectories(folder.Path, "fairlead-serve-*"));
        await using var second = ServeProcess.Start(folder.Path);
        await second.WaitUntilReadyAsync();

        // What a dead one left is gone, what a living one uses is not.
        Assert.NotEqual(left, own);
        Assert.Equal(2, Directory.GetDirectories(folder.Path, "fairlead-serve-*").Length);
        Assert.True(Directory.Exists(own));
    }

    [Fact]
    public async Task Serve_WithState_KeepsTheLogOfPredictions()
    {
        using var folder = new TempFolder();
        using var state = new TempFolder();
        Put(folder, "vector", 1);
        await using (var serving = ServeProcess.Start(folder.Path, "--state", state.Path))
        {
            await serving.WaitUntilReadyAsync();
            var answer = await serving.Connect().PostAsync("/v2/models/vector/infer", """{"inputs":[{"name":"INPUT0","shape":[2],"datatype":"FP32","data":[1,2]}]}""", TestContext.Current.CancellationToken);
            Assert.Equal(Verdict.Pass, answer.IsOk);
            await serving.StopAsync();
        }

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(state.Path, ".fairlead", "log", "host"), "*.flog"));

        await using var again = ServeProcess.Start(folder.Path, "--state", state.Path, "--no-capture");
        await again.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task Serve_ModelThatDoesNotLoad_IsNamedAndTheOthersAreServed()
    {
        using var folder = new TempFolder();
        Put(folder, "vector", 1);
        Directory.CreateDirectory(Path.Combine(folder.Path, "broken", "1"));
        File.WriteAllText(Path.Combine(folder.Path, "broken", "1", "model.onnx"), "no model");
        File.WriteAllText(Path.Combine(folder.Path, "vector", "config.pbtxt"), "name: 'vector'");
        await using var serving = ServeProcess.Start(folder.Path);
        await serving.WaitUntilReadyAsync();

        var index = await serving.Connect().PostAsync("/v2/repository/index", "{}", TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Pass, index.Says("vector/state", "\"READY\"") && index.Says("broken/state", "\"UNAVAILABLE\""));
        Assert.Contains("broken version 1 is not served", serving.Printed, StringComparison.Ordinal);
        Assert.Contains("config.pbtxt of vector is not read", serving.Printed, StringComparison.Ordinal);
        var loaded = await serving.Connect().PostAsync("/v2/repository/models/broken/load", "{}", TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Pass, loaded.IsRefused && loaded.ErrorHolds("broken"));
    }

    [Fact]
    public async Task Load_NewVersion_IsWhatAnswersThen()
    {
        using var folder = new TempFolder();
        Put(folder, "versioned", 1);
        await using var serving = ServeProcess.Start(folder.Path);
        await serving.WaitUntilReadyAsync();
        var client = serving.Connect();
        const string Body = """{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"INT32","data":[21]}]}""";
        Assert.Equal(Verdict.Pass, (await client.PostAsync("/v2/models/versioned/infer", Body, TestContext.Current.CancellationToken)).HasOutput("OUTPUT0", "INT32", "[1,1]", "[21]"));

        Put(folder, "versioned", 2);
        Assert.Equal(Verdict.Pass, (await client.PostAsync("/v2/repository/models/versioned/load", "", TestContext.Current.CancellationToken)).IsOk);

        var newest = await client.PostAsync("/v2/models/versioned/infer", Body, TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Pass, newest.Says("model_version", "\"2\"") && newest.HasOutput("OUTPUT0", "INT32", "[1,1]", "[42]"));
        var oldest = await client.PostAsync("/v2/models/versioned/versions/1/infer", Body, TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Pass, oldest.Says("model_version", "\"1\"") && oldest.HasOutput("OUTPUT0", "INT32", "[1,1]", "[21]"));
    }

    [Fact]
    public async Task Load_AfterUnload_ServesAgainWhileOthersAnswer()
    {
        using var folder = new TempFolder();
        Put(folder, "vector", 1);
        Put(folder, "versioned", 1);
        await using var serving = ServeProcess.Start(folder.Path);
        await serving.WaitUntilReadyAsync();
        var client = serving.Connect();
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(200, (await client.PostAsync("/v2/repository/models/vector/unload", "{}", TestContext.Current.CancellationToken)).Status);
            Assert.Equal(404, (await client.GetAsync("/v2/models/vector/ready", TestContext.Current.CancellationToken)).Status);
            Assert.Equal(200, (await client.GetAsync("/v2/models/versioned/ready", TestContext.Current.CancellationToken)).Status);
            Assert.Equal(200, (await client.PostAsync("/v2/repository/models/vector/load", "{}", TestContext.Current.CancellationToken)).Status);
            Assert.Equal(200, (await client.GetAsync("/v2/models/vector/ready", TestContext.Current.CancellationToken)).Status);
        }
    }

    [Fact]
    public async Task Serve_NameWithHyphensAndDots_IsServed()
    {
        using var folder = new TempFolder();
        Put(folder, "vector", 1);
        Directory.Move(Path.Combine(folder.Path, "vector"), Path.Combine(folder.Path, "my-model.v2-a"));
        await using var serving = ServeProcess.Start(folder.Path, "--state", folder.Path);
        await serving.WaitUntilReadyAsync();

        var answer = await serving.Connect().PostAsync("/v2/models/my-model.v2-a/infer", """{"inputs":[{"name":"INPUT0","shape":[2],"datatype":"FP32","data":[1,2]}]}""", TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Pass, answer.IsOk && answer.Says("model_name", "\"my-model.v2-a\""));
    }

    [Fact]
    public async Task Serve_EmptyFolder_SaysWhatToPutThere()
    {
        using var folder = new TempFolder();
        await using var serving = ServeProcess.Start(folder.Path);

        Assert.NotEqual(0, await serving.WaitForExitAsync());

        Assert.Contains("There is no model in", serving.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_FolderThatIsNotThere_IsRefused()
    {
        using var folder = new TempFolder();
        await using var serving = ServeProcess.Start(Path.Combine(folder.Path, "nothing"));

        Assert.NotEqual(0, await serving.WaitForExitAsync());

        Assert.Contains("There is no folder", serving.Printed, StringComparison.Ordinal);
    }

    private static void Put(TempFolder folder, string model, int version)
    {
        var path = Path.Combine(folder.Path, model, $"{version}");
        Directory.CreateDirectory(path);
        File.WriteAllBytes(Path.Combine(path, "model.onnx"), ModelSet.Files().Single(file => file.Model == model && file.Version == version).Content);
    }
}
