using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Tests.CommandLine;

/// <summary>One sentence that names the option, the value and the cure, without types of the program.</summary>
public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("query x --timeout abc", "The option '--timeout' does not take 'abc'; give a number, such as 0.5; 'fairlead query --help' says what it takes.")]
    [InlineData("query x --limit 1.5", "The option '--limit' does not take '1.5'; give a whole number; 'fairlead query --help' says what it takes.")]
    [InlineData("query x --format xml", "The option '--format' does not take 'xml'; give one of table, text, json, csv, parquet; 'fairlead query --help' says what it takes.")]
    [InlineData("replay late --task foo", "The option '--task' does not take 'foo'; give one of binary, regression, multiclass, ranking; 'fairlead replay --help' says what it takes.")]
    [InlineData("query x --limt 3", "'--limt' is no option of 'fairlead query' (did you mean '--limit'?); 'fairlead query --help' says what it takes.")]
    [InlineData("querry", "'querry' is no command or argument of 'fairlead' (did you mean 'query'?); 'fairlead --help' says what it takes.")]
    [InlineData("predictions erase", "Option '--unit' is required; 'fairlead predictions erase --help' says what it takes.")]
    [InlineData("deploy prod --weight 300", "'300' is not a share of traffic; expected a number of percent such as '10%', with two decimals at most, from 0.01 to 100; 'fairlead deploy --help' says what it takes.")]
    public void Describe_OfWhatIsNotUnderstood_IsOneSentence(string line, string expected)
    {
        var parse = CommandTree.Create().Parse(line);
        Assert.NotEmpty(parse.Errors);
        Assert.False(UsageError.IsMissingCommand(parse));
        Assert.Equal(expected, UsageError.Describe(parse));
    }

    [Theory]
    [InlineData("experiment", true)]
    [InlineData("experiment stat", false)]
    [InlineData("trace", false)]
    public void IsMissingCommand_OfAGroupAlone_LeavesTheAnswerToItsHelp(string line, bool expected) =>
        Assert.Equal(expected, UsageError.IsMissingCommand(CommandTree.Create().Parse(line)));
}
