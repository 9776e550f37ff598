using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;

namespace Fairlead.Platforms.Tests.Local.Instances;

public sealed class InstanceConfigTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly InstanceWorld world;

    public InstanceConfigTests() => world = new InstanceWorld(folder.Path);

    public void Dispose()
    {
        world.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settings_AreAFileAndVariables(bool isSandboxed)
    {
        ConfigSetting[] config = [new("threshold", ConfigType.Number) { Default = Json("0.5"), Value = Json("0.7") }, new("tone", ConfigType.String) { Default = Json("\"good day\"") }, new("none", ConfigType.String), new("weights", ConfigType.Map) { Default = Json("""{"b":1,"a":2}""") }];

        var (_, lines) = await world.RunAsync("cat $FAIRLEAD_CONFIG; echo; env | grep ^FAIRLEAD_CONFIG_ | sort", isSandboxed, config: config);

        Assert.Equal(
            ["""{"threshold":0.7,"tone":"good day","weights":{"a":2,"b":1}}""", "FAIRLEAD_CONFIG_THRESHOLD=0.7", "FAIRLEAD_CONFIG_TONE=good day", """FAIRLEAD_CONFIG_WEIGHTS={"b":1,"a":2}"""], lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Secrets_AreVariablesAndNeverPrinted(bool isSandboxed)
    {
        var file = Path.Combine(folder.Path, "token");
        await File.WriteAllTextAsync(file, "from a file\n", TestContext.Current.CancellationToken);
        world.Secrets.Set("db_password", null, "of all", "ada");
        world.Secrets.Set("db_password", "prod", "s3cr3t of prod", "ada");
        var settings = new CommandSettings { Secrets = new Dictionary<string, string> { ["DB_PASSWORD"] = "secret:db_password", ["TOKEN"] = $"file:{file}" } };

        var (_, lines) = await world.RunAsync("echo \"$DB_PASSWORD\" | wc -c; echo \"$TOKEN\" | md5sum; echo \"it is $DB_PASSWORD and $TOKEN\"; echo -n \"$DB_PASSWORD\" | base64", isSandboxed, settings: settings);

        Assert.Equal(["15", Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData("from a file\n"u8)) + "  -", "it is *** and ***", "***"], lines);
        Assert.DoesNotContain("s3cr3t", await File.ReadAllTextAsync(world.LogFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (var kept in Directory.GetFiles(world.State.Root, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock"))
            Assert.DoesNotContain("s3cr3t", await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret:nothing", "There is no secret 'nothing' for 'prod'")]
    [InlineData("env:FAIRLEAD_TEST_NOT_THERE", "the variable 'FAIRLEAD_TEST_NOT_THERE' is not set")]
    [InlineData("file:/nowhere/at/all", "no such file on the host")]
    public async Task Secret_Missing_NothingIsStarted(string reference, string message)
    {
        var settings = new CommandSettings { Secrets = new Dictionary<string, string> { ["A"] = reference } };

        var refused = await Assert.ThrowsAsync<FairleadException>(() => world.StartAsync("sleep 100", isSandboxed: false, settings: settings));

        Assert.Equal(ProblemKind.NotFound, refused.Kind);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_SetAnew_IsWhatTheNextStartGets()
    {
        var settings = new CommandSettings { Secrets = new Dictionary<string, string> { ["A"] = "secret:a" } };
        world.Secrets.Set("a", null, "first", "ada");
        Assert.Equal("6", (await world.RunAsync("echo $A | wc -c", isSandboxed: false, settings: settings)).Lines[0]);
        world.Secrets.Set("a", null, "the second", "ada");
        Assert.Equal("11", (await world.RunAsync("echo $A | wc -c", isSandboxed: false, settings: settings)).Lines[0]);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
