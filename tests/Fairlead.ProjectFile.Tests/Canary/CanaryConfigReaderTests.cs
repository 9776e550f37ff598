namespace Fairlead.ProjectFile.Tests.Canary;

public sealed class CanaryConfigReaderTests
{
    private const string Short = """
        judge: kayenta
        metrics:
          - name: errors
            groups: quality
            analysisConfigurations: { canary: { direction: increase, critical: true, nanStrategy: replace } }
          - name: latency
            groups: [speed]
        scoreThresholds: { pass: 95, marginal: 75 }
        """;

    [Fact]
    public void Read_ShortForms_AreTheNestedOnes()
    {
        var (config, problems) = CanaryConfigReader.Read(Short);
        Assert.Empty(problems);
        Assert.Equal(
            """{"judge":{"name":"kayenta"},"metrics":[{"name":"errors","groups":["quality"],"analysisConfigurations":{"canary":{"direction":"increase","critical":true,"nanStrategy":"replace"}}},{"name":"latency","groups":["speed"]}],"classifier":{"scoreThresholds":{"pass":95,"marginal":75}}}""",
            config!.ToJsonString());
    }

    [Fact]
    public void Read_JsonOfKayentaWithTabs_IsReadWithoutItsQueries()
    {
        const string json = "{\n\t\"name\": \"c\", \"configVersion\": \"1\", \"applications\": [\"a\"], \"judge\": {\"name\": \"NetflixACAJudge-v1.0\", \"judgeConfigurations\": {}},\n"
            + "\t\"metrics\": [{\"name\": \"cpu\", \"query\": {\"type\": \"prometheus\", \"labelBindings\": []}, \"groups\": [\"g\"], \"scopeName\": \"default\",\n"
            + "\t\t\"analysisConfigurations\": {\"canary\": {\"outliers\": {\"strategy\": \"remove\", \"outlierFactor\": 2.5}, \"effectSize\": {\"allowedIncrease\": 1.1, \"measure\": \"meanRatio\"}}}}],\n"
            + "\t\"templates\": {}, \"classifier\": {\"groupWeights\": {\"g\": 100}}}";
        var (config, problems) = CanaryConfigReader.Read(json);
        Assert.Empty(problems);
        Assert.Equal(
            """{"name":"c","judge":{"name":"NetflixACAJudge-v1.0","judgeConfigurations":{}},"metrics":[{"name":"cpu","groups":["g"],"analysisConfigurations":{"canary":{"outliers":{"strategy":"remove","outlierFactor":2.5},"effectSize":{"measure":"meanRatio","allowedIncrease":1.1}}}}],"classifier":{"groupWeights":{"g":100}}}""",
            config!.ToJsonString());
    }

    [Fact]
    public void Read_EverythingWrong_IsReportedAtOnceWithItsPlace()
    {
        const string text = """
            judge: { name: kayeta, judgeConfigurations: { confidence: 2 } }
            metrics:
              - name: errors
                group: a
                analysisConfigurations: { canary: { direction: up, critical: yes, nanStrategy: zero, outliers: { outlierFactor: 0 }, minPoints: 1.5 } }
              - name: errors
                groups: [b]
              - groups: [c]
            classifier: { groupWeights: { b: 70, d: 50 }, scoreThresholds: { pass: 40 } }
            treshold: 3
            """;
        var (config, problems) = CanaryConfigReader.Read(text);
        Assert.Null(config);
        Assert.Equal(
            [
                "1:16: 'name' of 'judge' is 'kayeta'; did you mean 'kayenta'?",
                "1:59: 'confidence' of 'judgeConfigurations' is '2'; use a number above 0.5 and below 1",
                "4:5: unknown key 'group' in metric 'errors'; did you mean 'groups'?",
                "5:52: 'direction' of metric 'errors' is 'up'; known: decrease, either, increase",
                "5:66: 'critical' of metric 'errors' is 'yes'; write true or false",
                "5:84: 'nanStrategy' of metric 'errors' is 'zero'; known: none, remove, replace",
                "5:117: 'outlierFactor' of 'outliers' of metric 'errors' is '0'; use a number above 0",
                "5:133: 'minPoints' of metric 'errors' is '1.5'; use a whole number from 0 to 10000000",
                "6:5: the metric 'errors' is given twice; remove one, or rename it",
                "8:5: metric 3 lacks 'name'; add it",
                "9:29: the weights of 'groupWeights' add up to 120 %; they may not exceed 100",
                "9:38: no metric is in the group 'd'; known: b, c",
                "9:64: 'marginal' is '50', above 'pass', which is '40'; lower it",
                "10:1: unknown key 'treshold' in the file; known: classifier, judge, metrics, name, scoreThresholds",
            ],
            problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("metrics: []", "no list of 'metrics'")]
    [InlineData("metrics: 3", "no list of 'metrics'")]
    [InlineData("- a", "must be a map")]
    [InlineData("metrics: [", "not valid YAML")]
    [InlineData("metrics: [3]", "metric 1 must be a map")]
    public void Read_NothingToJudge_IsAProblem(string text, string problem) =>
        Assert.Contains(CanaryConfigReader.Read(text).Problems, one => one.Message.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void Read_MutatedFiles_NeverThrows()
    {
        const string odd = "{}[]:-#&*!|>'\"%@` \n\t0aé\0";
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var text = Short.ToCharArray();
            for (var i = random.Next(1, 6); i > 0; i--)
                text[random.Next(text.Length)] = odd[random.Next(odd.Length)];
            var (config, problems) = CanaryConfigReader.Read(new string(text));
            Assert.True(config is null != (problems.Count == 0), $"seed {seed}");
        }
    }
}
