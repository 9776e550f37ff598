using Fairlead.Conformance.Running;

namespace Fairlead.Conformance.Tests.Running;

public sealed class SuiteOptionsTests
{
    [Fact]
    public void Parse_EveryOption_IsRead()
    {
        var options = SuiteOptions.Parse(["http://localhost:8000", "--grpc", "localhost:8001", "--only", "rest", "--rule", "rest/health/live", "--level", "must", "--format", "json"]);

        Assert.Equal(new Uri("http://localhost:8000"), options.Url);
        Assert.Equal("localhost:8001", options.Grpc);
        Assert.True(options.IsJson);
        Assert.Equal(["rest/health/live"], options.Choose(RuleList.All).Select(rule => rule.Name));
    }

    [Theory]
    [InlineData("The server's address is missing")]
    [InlineData("'localhost:8000' is no address", "localhost:8000")]
    [InlineData("'--grpc' needs a value", "http://localhost", "--grpc")]
    [InlineData("'--frob' is not an option", "http://localhost", "--frob", "1")]
    [InlineData("'perhaps' is no level", "http://localhost", "--level", "perhaps")]
    [InlineData("'xml' is no format", "http://localhost", "--format", "xml")]
    [InlineData("one address too many", "http://localhost", "http://localhost")]
    public void Parse_WrongLine_SaysWhat(string message, params string[] arguments) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => SuiteOptions.Parse(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public void Choose_Prefix_TakesItsRulesOnly() =>
        Assert.All(SuiteOptions.Parse(["http://localhost", "--only", "grpc/infer"]).Choose(RuleList.All), rule => Assert.StartsWith("grpc/infer", rule.Name, StringComparison.Ordinal));

    [Theory]
    [InlineData("--rule", "rest/no/such")]
    [InlineData("--only", "soap")]
    public void Choose_NothingFits_IsRefused(string option, string value) =>
        Assert.Throws<FormatException>(() => SuiteOptions.Parse(["http://localhost", option, value]).Choose(RuleList.All));
}
