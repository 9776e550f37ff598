using Fairlead.Demo;
using Fairlead.Domain.Problems;

namespace Fairlead.Tests.Demo;

public sealed class ParameterEditTests
{
    private const string Text =
        """
        steps:
          # l2: not this one
          first: { params: { l2: 1, seed: 7 } }
          second:
            run: x   # a comment
            params: { l2: 0.5, seed: 8 }
        models:
          m: { l2: 9 }
        """;

    [Theory]
    [InlineData("first", "l2", "1")]
    [InlineData("second", "l2", "0.5")]
    [InlineData("second", "seed", "8")]
    public void Apply_ChangesThatValueAndNothingElse(string step, string parameter, string before)
    {
        var (text, old) = ParameterEdit.Apply(Text, step, parameter, "42");
        Assert.Equal(before, old);
        var changed = Text.Split('\n').Zip(text.Split('\n')).Where(pair => pair.First != pair.Second).ToList();
        Assert.Contains($"{parameter}: 42", Assert.Single(changed).Second);
    }

    [Theory]
    [InlineData("third", "l2")]
    [InlineData("first", "rate")]
    [InlineData("m", "nothing")]
    public void Apply_OfWhatIsNotThere_IsRefused(string step, string parameter) =>
        Assert.Throws<FairleadException>(() => ParameterEdit.Apply(Text, step, parameter, "42"));
}
