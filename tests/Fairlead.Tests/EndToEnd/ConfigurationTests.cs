using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>What environments give to services, from the project file to answers, rows and the way back; and secrets, which nobody gets to see.</summary>
public sealed class ConfigurationTests
{
    private const string Value = "correct horse battery staple";

    [Fact]
    public async Task Threshold_OfAnEnvironment_IsHeldAgainstTheReleaseAnswersAndComesBackWithTheRollback()
    {
        await using var project = TempProject.Churn();
        var file = await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), TestContext.Current.CancellationToken);
        file = file[..file.IndexOf("services:", StringComparison.Ordinal)] + """
            services:
              decide:
                chain: [{ model: churn }, { transform: serving/decision.sql }]
                config: { threshold: { type: number, default: 0.5, minimum: 0, maximum: 1 } }
            environments:
              prod: { config: { threshold: 0.0 } }
              acme: { extends: prod, customer: acme }

            """;
        project.Write("fairlead.yaml", file);
        project.Write("serving/decision.sql", "select probabilities[2] >= config.threshold as call from input, config");
        project.Commit("Decide by a threshold");
        await project.UpAsync();
        await project.DeployAsync("prod");
        Assert.True(await CallAsync(project));

        project.Write("fairlead.yaml", file.Replace("0.0 }", "7 }", StringComparison.Ordinal));
        var refused = await project.RunAsync("deploy", "prod");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("'threshold' in 'config' of environment 'prod' is '7'; use a number from 0 to 1", refused.Errors);

        project.Write("fairlead.yaml", file.Replace("0.0 }", "1.0 }", StringComparison.Ordinal));
        var preview = (await project.MustAsync("deploy", "prod", "--release", "v001", "--dry-run", "--format", "json")).Json;
        Assert.Equal(["decide.config.threshold 0 1", "decide.server group decide-prod-v001 a new one"], preview.GetProperty("entries").EnumerateArray().Select(entry => $"{Text(entry, "key")} {Text(entry, "left")} {Text(entry, "right")}"));
        await project.MustAsync("deploy", "prod", "--release", "v001");
        Assert.False(await CallAsync(project));
        Assert.Contains("config.threshold", (await project.MustAsync("env", "show", "acme")).Output);
        Assert.Contains("- decide.release: v001", (await project.MustAsync("env", "diff", "prod", "acme")).Output);

        await project.MustAsync("rollback", "prod");
        Assert.True(await CallAsync(project));
        var rows = (await project.MustAsync("query", "select server_group, configuration, count(*) as n from predictions where environment = 'prod' group by all order by 1", "--format", "json")).Json;
        Assert.Equal([("decide-prod-v001", 2), ("decide-prod-v002", 1)], rows.EnumerateArray().Select(row => (Text(row, "server_group"), row.GetProperty("n").GetInt32())));
        Assert.NotEqual(Text(rows[0], "configuration"), Text(rows[1], "configuration"));
    }

    [Fact]
    public async Task Secret_OfAnEnvironment_ReachesTheProgramAndNothingElse()
    {
        await using var project = TempProject.Letters();
        project.Replace("fairlead.yaml", "    health: /healthz", "    health: /healthz\n    secrets: { DB_PASSWORD: \"secret:db_password\" }");
        project.Replace("service/letter.py", "def main():", "import os\nprint(\"the password is \" + os.environ[\"DB_PASSWORD\"] + \" of length\", len(os.environ[\"DB_PASSWORD\"]), flush=True)\n\n\ndef main():");
        project.Commit("A password");
        await project.UpAsync();
        await project.MustAsync("release");

        var refused = await project.RunAsync("deploy", "prod");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("There is no secret 'db_password' for 'prod', which service 'letter' wants in DB_PASSWORD: set it with 'fairlead secret set db_password --environment prod'.", refused.Errors);

        await SetAsync(project, Value);
        await project.MustAsync("deploy", "prod");
        Assert.Contains($"the password is *** of length {Value.Length}", (await project.MustAsync("logs", "letter-prod-v001", "--instance", "1")).Output);
        Assert.Contains("db_password", (await project.MustAsync("secret", "list")).Output);

        await SetAsync(project, Value + " and more");
        Assert.Contains("letter.secrets.DB_PASSWORD: secret:db_password@2", (await project.MustAsync("env", "diff", "prod")).Output);
        await project.MustAsync("secret", "rotate");
        await project.MustAsync("deploy", "prod");
        Assert.Contains($"of length {Value.Length + " and more".Length}", (await project.MustAsync("logs", "letter-prod-v002", "--instance", "1")).Output);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(project.Root, ".fairlead"), "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("lock", StringComparison.Ordinal)))
            Assert.DoesNotContain("horse battery", ReadShared(path), StringComparison.Ordinal);
    }

    private static async Task SetAsync(TempProject project, string value)
    {
        var set = await Cli.RunWithInputAsync(project.Root, project.Variables, value + "\n", "secret", "set", "db_password", "--environment", "prod");
        Assert.Equal((0, ""), (set.ExitCode, set.Errors));
    }

    private static async Task<bool> CallAsync(TempProject project) =>
        (await project.MustAsync("predict", "decide", "--env", "prod", "--input", """{"features": [3, 39.0, 6]}""", "--format", "json")).Json.GetProperty("outputs").GetProperty("call").GetBoolean();

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
