namespace Fairlead.ProjectFile.Tests;

/// <summary>Triggers of pipelines, each compared with the schema of its kind.</summary>
public sealed class TriggerTests
{
    [Fact]
    public void Triggers_EveryKind_AreReadWithNamesAndSettings()
    {
        var reading = Read(
            """
            [ { git: { branch: [main, "!wip/**"], paths: src/**, each: commit } }, { git: { tag: "v*" } }, { cron: "0 6 * * 1-5", name: morning },
              { dataset: rides, when: "trigger.version > 1" }, { pipeline: { pipeline: q, status: [failed] } }, { alert: drift }, { registry: "r.example.com:5000/a/b:stable" },
              { webhook: env:KEY, inputs: { share: 0.5, text: "${{ trigger.body.x }}" } } ]
            """);
        Assert.Empty(reading.Problems);
        var triggers = reading.Project!.Pipelines[0].Triggers;
        Assert.Equal(["git", "git-2", "morning", "dataset", "pipeline", "alert", "registry", "webhook"], triggers.Select(trigger => trigger.Name));
        Assert.Equal("""{"at":"0 6 * * 1-5"}""", triggers[2].Settings.GetRawText());
        Assert.Equal("trigger.version > 1", triggers[3].When);
        Assert.Equal("""{"share":0.5,"text":"${{ trigger.body.x }}"}""", triggers[7].Inputs!.Value.GetRawText());
    }

    [Theory]
    [InlineData("[ { gti: {} } ]", "did you mean 'git'?")]
    [InlineData("[ { name: x } ]", "has no kind")]
    [InlineData("[ { git: {}, cron: \"* * * * *\" } ]", "has two kinds")]
    [InlineData("[ { git: main } ]", "must be a map of settings")]
    [InlineData("[ { git: { brnch: main } } ]", "did you mean 'branch'?")]
    [InlineData("[ { git: { each: second } } ]", "'second'")]
    [InlineData("[ { git: { url: \"https://ann:s3cret@git.example.com/a\" } } ]", "has a password in 'url'")]
    [InlineData("[ { git: { url: \"ext::sh -c x\" } } ]", "which is no address of a repository")]
    [InlineData("[ { git: { url: \"--upload-pack=x\" } } ]", "which is no address of a repository")]
    [InlineData("[ { git: { url: \"https://git.example.com/a\", credentials: s3cret } } ]", "does not say where it is kept")]
    [InlineData("[ { git: { credentials: env:X } } ]", "no 'url' that they are for")]
    [InlineData("[ { git: { webhook: github } } ]", "has one of 'webhook' and 'secret'")]
    [InlineData("[ { cron: \"0 25 * * *\" } ]", "'25' is not from 0 to 23")]
    [InlineData("[ { cron: \"0 0 31 2 *\" } ]", "which never comes")]
    [InlineData("[ { cron: { at: \"0 6 * * *\", zone: Europe/Nowhere } } ]", "time zone 'Europe/Nowhere'")]
    [InlineData("[ { cron: { } } ]", "lacks 'at'")]
    [InlineData("[ { cron: \"${{ inputs.at }}\" } ]", "nothing is filled in there")]
    [InlineData("[ { dataset: rides2 } ]", "'rides2'")]
    [InlineData("[ { pipeline: r } ]", "'r'")]
    [InlineData("[ { registry: late } ]", "write registry, repository and tag")]
    [InlineData("[ { webhook: s3cret } ]", "does not say where it is kept")]
    [InlineData("[ { alert: drift, inputs: { shar: 1 } } ]", "did you mean 'share'?")]
    [InlineData("[ { alert: drift, inputs: { share: [1] } } ]", "must be one value")]
    [InlineData("[ { alert: drift, name: A } ]", "cannot name a trigger")]
    [InlineData("[ { alert: drift, name: x }, { alert: slow, name: x } ]", "like another one")]
    [InlineData("[ { pipeline: p } ]", "in a circle")]
    [InlineData("{ cron: \"* * * * *\" }", "must be a list")]
    [InlineData("[ main ]", "must be a map")]
    public void Triggers_Wrong_AreNamedWithTheCure(string triggers, string expected)
    {
        var reading = Read(triggers);
        Assert.Contains(reading.Problems, problem => problem.Message.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(reading.Problems, problem => problem.Message.Contains("s3cret", StringComparison.Ordinal));
    }

    private static Domain.Projects.ProjectReading Read(string triggers) => new YamlProjectReader().Read(
        $$"""
        project: p
        datasets: { rides: { path: rides.csv } }
        pipelines:
          p:
            triggers: {{triggers.ReplaceLineEndings(" ")}}
            inputs: { share: { type: number, default: 1 }, text: { default: "" } }
            stages: { pause: { wait: 1s } }
          q:
            stages: { pause: { wait: 1s } }

        """);
}
