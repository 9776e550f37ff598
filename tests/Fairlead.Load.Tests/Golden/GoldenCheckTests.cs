using Fairlead.Domain.Problems;
using Fairlead.Load.Golden;
using Fairlead.Load.Inputs;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Load.Tests.Golden;

public sealed class GoldenCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sum")]
    [InlineData("output.sum")]
    [InlineData("expected.sum")]
    public async Task Check_AnswersAsExpected_Passes(string column)
    {
        await using var service = await TestService.StartAsync();

        var result = await RunAsync(service, Rows.Of(["input.a", "name", column], """[1,"x",3.0]""", """[2,"y",null]"""));

        Assert.True(result.Passed);
        Assert.Equal((2, 2, 0d), (result.Rows, result.Matched, result.Worst));
        Assert.Equal(["adder-prod-v001"], result.ServerGroups);
        Assert.Equal(2, service.Received);
    }

    [Fact]
    public async Task Check_OffByMoreThanTheTolerance_NamesRowsAndTheWorst()
    {
        await using var service = await TestService.StartAsync();
        var rows = Rows.Of(["a", "name", "sum"], """[1,"x",3.0009]""", """[2,"y",3.2]""", """[3,"z",-3]""");

        var result = await RunAsync(service, rows, tolerance: 0.001);

        Assert.Equal((3, 1, 6d), (result.Rows, result.Matched, result.Worst));
        Assert.Equal(["row 2: 'sum' is 3.0, expected 3.2", "row 3: 'sum' is 3.0, expected -3"], result.Mismatches.Select(mismatch => mismatch.ToString()));
    }

    [Fact]
    public async Task Check_ToleranceByShare_CountsWhatIsExpected()
    {
        await using var service = await TestService.StartAsync();
        var rows = Rows.Of(["a", "name", "sum"], """[1,"x",3.2]""");

        Assert.False((await RunAsync(service, rows, share: 0.06)).Passed);
        Assert.True((await RunAsync(service, rows, share: 0.07)).Passed);
    }

    [Fact]
    public async Task Check_AnswerOfAnotherLength_DoesNotMatch()
    {
        await using var service = await TestService.StartAsync();

        Assert.False((await RunAsync(service, Rows.Of(["a", "name", "sum"], """[1,"x",[3.0,3.0]]"""))).Passed);
    }

    [Theory]
    [InlineData("output.sun", """[1,"x",3]""", "expects 'sun', which 'adder' does not answer; did you mean 'sum'?")]
    [InlineData("other", """[1,"x",3]""", "no column is named like an output of 'adder', which are sum.")]
    [InlineData("sum", """[null,"x",3]""", "rows lack a value for an input")]
    [InlineData("sum", """["one","x",3]""", "The column 'a' holds the text 'one', which is no FP32")]
    public async Task Check_RowsThatDoNotFit_AreRefusedBeforeAnythingIsAsked(string column, string row, string expected)
    {
        await using var service = await TestService.StartAsync();

        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(service, Rows.Of(["a", "name", column], row)));

        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Received);
    }

    [Fact]
    public async Task Check_RefusedRow_FailsWithTheHostsSentence()
    {
        await using var service = await TestService.StartAsync((context, number) => number == 2 ? TestService.RefuseAsync(context, 400, "The name is too long.") : TestService.AnswerAsync(context, number));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(service, Rows.Of(["a", "name", "sum"], """[1,"x",3]""", """[1,"x",3]""")));

        Assert.Equal("Row 2 of 'golden.csv' was answered with status 400: The name is too long.", problem.Message);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("""{"outputs":[{"name":"sum"}]}""")]
    public async Task Check_AnswerThatIsNone_Fails(string answer)
    {
        await using var service = await TestService.StartAsync((context, _) => context.Response.WriteAsync(answer, Cancellation));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(service, Rows.Of(["a", "name", "sum"], """[1,"x",3]""")));

        Assert.Equal(ProblemKind.Failed, problem.Kind);
        Assert.StartsWith("Row 1 of 'golden.csv' was answered with", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AnswerWithoutTheOutput_DoesNotMatch()
    {
        await using var service = await TestService.StartAsync((context, _) => context.Response.WriteAsync("""{"outputs":[{"name":"other","data":[1]}]}""", Cancellation));

        var result = await RunAsync(service, Rows.Of(["a", "name", "sum"], """[1,"x",3]"""));

        Assert.Equal("row 1: 'sum' is not answered, expected 3", Assert.Single(result.Mismatches).ToString());
    }

    [Fact]
    public async Task Check_NoAnswerInTime_IsUnavailable()
    {
        await using var service = await TestService.StartAsync((context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(service, Rows.Of(["a", "name", "sum"], """[1,"x",3]"""), limit: TimeSpan.FromMilliseconds(200)));

        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
    }

    private static Task<GoldenResult> RunAsync(TestService service, LoadRows rows, double tolerance = 0, double share = 0, TimeSpan? limit = null)
    {
        var order = new GoldenOrder
        {
            Target = new LoadTarget { Url = service.Url, Service = "adder" },
            Rows = rows,
            Data = "golden.csv",
            Tolerance = tolerance,
            RelativeTolerance = share,
            Timeout = limit ?? GoldenOrder.DefaultTimeout,
        };
        return GoldenCheck.RunAsync(order, null, Cancellation);
    }
}
