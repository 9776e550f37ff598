using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Users, tokens and the audit log by the real program: from an open laptop to a control plane that knows who does what.</summary>
public sealed partial class IdentityTests
{
    [Fact]
    public async Task Project_FromTheFirstUserOn_KnowsWhoDoesWhat()
    {
        await using var project = TempProject.Churn();
        using var home = new ConfigFolder(project);
        await project.UpAsync();
        await project.DeployAsync("prod");
        Assert.Equal("tester", (await project.MustAsync("audit", "--what", "deployment.", "--format", "json")).Json[0].GetProperty("who").GetString());

        var ann = await AddAsync(project, "ann", "--role", "admin");
        AssertRefused(9, await project.RunAsync("status"));
        AssertRefused(9, await project.RunAsync("user", "add", "eve", "--role", "admin"));
        await LoginAsync(project, ann);
        var ben = await AddAsync(project, "ben", "--role", "viewer", "--environment", "prod");
        Assert.Contains("ben", (await project.MustAsync("user", "list")).Output);

        // The host goes on without any secret: what is deployed from here on reaches it.
        project.Replace("fairlead.yaml", "l2: 0.001", "l2: 0.1");
        project.Commit("Another one");
        await project.DeployAsync("prod");
        await project.MustAsync("predict", "churn", "--env", "prod", "--input", """{"features": [3, 39.0, 6]}""");

        project.Variables["FAIRLEAD_TOKEN"] = ben;
        await project.MustAsync("status");
        var refused = await project.RunAsync("deploy", "prod");
        AssertRefused(10, refused);
        Assert.Contains("fairlead user set ben --add-role operator@prod", refused.Errors);
        project.Variables.Remove("FAIRLEAD_TOKEN");
        await project.MustAsync("user", "set", "ben", "--add-role", "operator@prod");
        project.Variables["FAIRLEAD_TOKEN"] = ben;
        await project.MustAsync("rollback", "prod");
        AssertRefused(10, await project.RunAsync("audit"));
        project.Variables.Remove("FAIRLEAD_TOKEN");

        var entries = (await project.MustAsync("audit", "--who", "ben", "--since", "1h", "--format", "json")).Json.EnumerateArray().ToList();
        Assert.Contains(entries, entry => entry.GetProperty("what").GetString() == "deployment.start" && entry.GetProperty("phase").GetString() == "refused");
        Assert.Contains(entries, entry => entry.GetProperty("what").GetString() == "server-groups.changed");
        Assert.Contains(entries, entry => entry.GetProperty("what").GetString() == "deployment.rollback" && entry.GetProperty("phase").GetString() == "done");
        await project.MustAsync("user", "revoke", "ben");
        project.Variables["FAIRLEAD_TOKEN"] = ben;
        AssertRefused(9, await project.RunAsync("status"));
        AssertRefused(4, await project.RunAsync("up", "--port", $"{project.ControlPort}"));
        project.Variables.Remove("FAIRLEAD_TOKEN");
        await AssertChainAsync(project);
        await AssertRecoveryAsync(project, ann, ben);
    }

    private static async Task AssertChainAsync(TempProject project)
    {
        var head = (await project.MustAsync("audit", "verify")).Output.Trim();
        Assert.Matches("^[0-9]+:sha256:[0-9a-f]{64}$", head);
        var export = Path.Combine(project.Root, "audit.jsonl");
        await File.WriteAllTextAsync(export, (await project.MustAsync("audit", "export")).Output, TestContext.Current.CancellationToken);
        await project.MustAsync("audit", "verify", "--file", export, "--head", head);
        await project.MustAsync("audit", "verify", "--head", head);
        var lines = await File.ReadAllLinesAsync(export, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(export, lines[..2].Concat(lines[3..]), TestContext.Current.CancellationToken);
        var broken = await project.RunAsync("audit", "verify", "--file", export);
        AssertRefused(7, broken, "broken at entry 3");
    }

    private static async Task AssertRecoveryAsync(TempProject project, string lost, string other)
    {
        AssertRefused(5, await project.RunAsync("user", "token", "ann", "--recover"));
        await project.MustAsync("user", "token", "ann");
        await project.StopAsync();
        AssertNoSecrets(project, lost, other);
        var token = (await project.MustAsync("user", "token", "ann", "--recover", "--expires", "1")).Output.Trim();
        Assert.NotEqual(lost, token);
        await project.UpAsync();
        await LoginAsync(project, token);
        Assert.Contains("recovery", (await project.MustAsync("audit", "--what", "token.added")).Output);
        await project.MustAsync("audit", "verify");
        await project.MustAsync("logout");
        AssertRefused(9, await project.RunAsync("status"));
    }

    private static async Task<string> AddAsync(TempProject project, string name, params string[] options)
    {
        var token = (await project.MustAsync(["user", "add", name, .. options])).Output.Trim();
        Assert.Matches(TokenForm(), token);
        return token;
    }

    /// <summary>As a person does, but the token comes by a file.</summary>
    private static async Task LoginAsync(TempProject project, string token)
    {
        var result = await Cli.RunWithInputAsync(project.Root, project.Variables, token + "\n", "login");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.DoesNotContain(token[12..], result.Output + result.Errors);
    }

    private static void AssertRefused(int code, CliResult result, string message = "")
    {
        Assert.True(result.ExitCode == code, $"ended with {result.ExitCode}: {result.Output} {result.Errors}");
        Assert.Contains(message, result.Errors);
    }

    private static void AssertNoSecrets(TempProject project, params string[] tokens)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(project.Root, ".fairlead"), "*", SearchOption.AllDirectories).Where(file => !file.Contains("/store/")))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = reader.ReadToEnd();
            Assert.All(tokens, token => Assert.DoesNotContain(token[12..44], text));
        }
    }

    [GeneratedRegex("^flt_[a-z2-7]{46}$")]
    private static partial Regex TokenForm();

    /// <summary>A folder for configuration that no other test reads.</summary>
    private sealed class ConfigFolder : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("fairlead-config-").FullName;

        public ConfigFolder(TempProject project) => project.Variables["XDG_CONFIG_HOME"] = folder;

        public void Dispose()
        {
            var file = Path.Combine(folder, "fairlead", "tokens.json");
            Assert.True(OperatingSystem.IsWindows() || !File.Exists(file) || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Directory.Delete(folder, recursive: true);
        }
    }
}
