using System.Collections.Concurrent;
using Fairlead.Domain.Problems;
using Fairlead.Load.Golden;
using Fairlead.Load.Inputs;
using Fairlead.Load.Measuring;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Load.Tests;

/// <summary>Load on a service that is a program.</summary>
public sealed class CommandLoadTests
{
    private static readonly LoadRows Letters = Rows.Of(["name", "months", "more"], """["u1",7,{"a":[1.50,null]}]""", """["Ada \"<é>\"",null,null]""");
    private static readonly string[] RecordedColumns = ["method", "path", "type", "body", "unit"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Rows_AreSentAsJsonObjects()
    {
        var seen = new ConcurrentDictionary<string, int>();
        await using var service = await TestService.StartAsync(async (context, number) =>
        {
            Count(seen, await DescribeAsync(context.Request));
            Assert.Equal(("prod", "Bearer secret"), (context.Request.Headers["fairlead-environment"].ToString(), context.Request.Headers.Authorization.ToString()));
            await TestService.AnswerAsync(context, number % 4 == 0 ? "letter-prod-v002" : "letter-prod-v001");
        });
        var order = Order(service, Letters) with { Path = "/score?a=b%20c" };

        var result = await RunAsync(order with { Target = order.Target with { Environment = "prod", Token = "secret" } });

        Assert.Equal((40, 40, 0, 2, 0, 0), (result.Due, result.Succeeded, result.Failed, result.Requests, result.WithoutPrediction, result.Reconnects));
        Assert.Equal([new ServerGroupShare("letter-prod-v001", 30, 0.75), new ServerGroupShare("letter-prod-v002", 10, 0.25)], result.ServerGroups);
        Assert.Equal(("POST", "/score?a=b%20c", "test"), (result.Method, result.Path, result.Data));
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["""POST /services/letter/score?a=b%20c [application/json] [] {"name":"u1","months":7,"more":{"a":[1.50,null]}}"""] = 20,
                ["""POST /services/letter/score?a=b%20c [application/json] [] {"name":"Ada \"<é>\"","months":null,"more":null}"""] = 20,
            },
            seen);
    }

    [Fact]
    public async Task Run_UnitColumn_IsTheUnitOfEachRow()
    {
        var seen = new ConcurrentDictionary<string, int>();
        await using var service = await TestService.StartAsync((context, number) =>
        {
            Count(seen, context.Request.Headers["fairlead-unit"].ToString());
            return TestService.AnswerAsync(context, number);
        });

        var result = await RunAsync(Order(service, Letters) with { Unit = "MONTHS", Method = "PUT" });

        Assert.Equal((40, "PUT", "/"), (result.Succeeded, result.Method, result.Path));
        Assert.Equal(new Dictionary<string, int> { ["7"] = 20, [""] = 20 }, seen);
    }

    [Theory]
    [InlineData(null, "GET /services/letter/ [] [] ")]
    [InlineData("HEAD", "HEAD /services/letter/ [] [] ")]
    [InlineData("POST", "POST /services/letter/ [] [0] ")]
    public async Task Run_NoRows_SendsNoBody(string? method, string expected)
    {
        var seen = new ConcurrentDictionary<string, int>();
        await using var service = await TestService.StartAsync(async (context, number) =>
        {
            Count(seen, await DescribeAsync(context.Request, withLength: true));
            await TestService.AnswerAsync(context, number);
        });

        var result = await RunAsync(Order(service, rows: null) with { Data = null, Method = method });

        Assert.Equal((40, 0, 1, 0), (result.Succeeded, result.Failed, result.Requests, result.Reconnects));
        Assert.Null(result.Data);
        Assert.Equal(new Dictionary<string, int> { [expected] = 40 }, seen);
    }

    [Fact]
    public async Task Run_RecordedRequests_AreSentAsTheyWere()
    {
        var seen = new ConcurrentDictionary<string, int>();
        await using var service = await TestService.StartAsync(async (context, number) =>
        {
            Count(seen, await DescribeAsync(context.Request));
            await TestService.AnswerAsync(context, number);
        });
        var rows = Rows.Of(
            RecordedColumns,
            """["PUT","/a%2Fb?q=%20x","text/plain; charset=utf-8","Dear Zoë","u1"]""",
            """["DELETE","/a","","",null]""",
            """["POST","/hidden","application/json",null,"u2"]""",
            """["POST","4f2a9c1d4f2a9c1d4f2a9c1d4f2a9c1d","application/json","{}","u3"]""",
            """["4F2A","/a","application/json","{}","u4"]""",
            """["POST",null,"application/json","{}","u5"]""");

        var result = await RunAsync(Order(service, rows) with { IsRecorded = true, Unit = "unit" });

        Assert.Equal((40, 0, 2, 4), (result.Succeeded, result.Failed, result.Requests, result.RowsLeftOut));
        Assert.Equal((null, null), (result.Method, result.Path));
        Assert.Equal(
            new Dictionary<string, int> { ["PUT /services/letter/a%2Fb?q=%20x [text/plain; charset=utf-8] [u1] Dear Zoë"] = 20, ["DELETE /services/letter/a [] [] "] = 20 },
            seen);
    }

    [Fact]
    public async Task Run_StatusesOfACommand_CountAsErrorsBut2xx()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            context.Response.StatusCode = (number % 5) switch { 0 => 429, 1 => 302, 2 => 500, 3 => 204, _ => 200 };
            return Task.CompletedTask;
        });

        var result = await RunAsync(Order(service, Letters));

        Assert.Equal((16, 24, 16), (result.Succeeded, result.Failed, result.WithoutPrediction));
        Assert.Equal([("302", 8L), ("429", 8L), ("500", 8L)], result.Errors.Select(error => (error.Status, error.Count)).Order());
    }

    [Fact]
    public async Task Run_RecordedRequestsNoneAsSent_SaysWhy()
    {
        await using var service = await TestService.StartAsync();
        var order = Order(service, Rows.Of(RecordedColumns, """["POST","/a","",null,null]""", """["POST","/b","",null,null]""")) with { IsRecorded = true };

        Assert.Equal(
            "None of the 2 recorded requests to 'letter' is in the log as it was sent: bodies that are redacted, hashed, no text or longer than 'max-body' are not; take the bodies from other data.",
            await RefusalAsync(order));
        Assert.Equal(
            "No request to 'letter' that was answered without an error is recorded; ask it something first, or take the bodies from other data.",
            await RefusalAsync(order with { Rows = Rows.Of(RecordedColumns) }));
        Assert.Equal(
            "Recorded requests of 'letter' have paths and methods of their own; leave those out, or take the bodies from other data.",
            await RefusalAsync(order with { Path = "/c" }));
        Assert.Equal(0, service.Received);
    }

    [Theory]
    [InlineData("letter", "score", null, null, "The path 'score' does not begin with a slash; write '/score'.")]
    [InlineData("letter", "/a b", null, null, "The path '/a b' has characters that no request carries as they are; write them percent-encoded, such as '%20' for a blank.")]
    [InlineData("letter", "/a\r\nx: y", null, null, "has characters that no request carries")]
    [InlineData("letter", null, "FETCH", null, "'FETCH' is no method; expected GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.")]
    [InlineData("letter", null, null, "nmae", "The data has no column 'nmae' for the unit; it has name, months, more.")]
    [InlineData("caller", null, null, null, "'caller' is a command that speaks gRPC, and load is put on commands by HTTP alone; choose a service that speaks HTTP.")]
    [InlineData("adder", "/a", null, null, "'adder' is a model or a chain, which is asked in one way alone; leave out path and method.")]
    [InlineData("adder", null, "POST", null, "'adder' is a model or a chain, which is asked in one way alone; leave out path and method.")]
    public async Task Run_OrderThatDoesNotFitTheService_IsRefused(string name, string? path, string? method, string? unit, string expected)
    {
        await using var service = await TestService.StartAsync();
        var order = Order(service, Letters);

        var message = await RefusalAsync(order with { Target = order.Target with { Service = name }, Path = path, Method = method, Unit = unit });

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Equal(0, service.Received);
    }

    [Fact]
    public async Task Run_WhatCommandsAndModelsLack_IsRefused()
    {
        await using var service = await TestService.StartAsync();
        var order = Order(service, Letters);

        Assert.Equal("'letter' is a command, and load is put on commands by HTTP alone; leave out the protocol 'grpc'.", await RefusalAsync(order with { Transport = LoadTransport.Grpc }));
        Assert.Equal("'letter' is a command, of which a request has one row; leave out the '3' rows per request.", await RefusalAsync(order with { RowsPerRequest = 3 }));
        Assert.Equal("The unit 'name' is a column of data, and there is none; say by --data where rows come from.", await RefusalAsync(order with { Rows = null, Unit = "name" }));
        Assert.Equal("The data has no rows; choose data that has some.", await RefusalAsync(order with { Rows = Rows.Of(["a"]) }));
        Assert.Equal("'adder' is a model or a chain, which is asked with inputs; say by --data where they come from.", await RefusalAsync(order with { Rows = null, Target = order.Target with { Service = "adder" } }));
    }

    [Fact]
    public async Task Golden_Command_IsRefused()
    {
        await using var service = await TestService.StartAsync();
        var order = new GoldenOrder { Target = new LoadTarget { Url = service.Url, Service = "letter" }, Rows = Letters, Data = "test" };

        var problem = await Assert.ThrowsAsync<FairleadException>(() => GoldenCheck.RunAsync(order, null, Cancelled));

        Assert.Equal((ProblemKind.Invalid, "'letter' is a command, and golden rows are of models and chains; check a command by 'http'."), (problem.Kind, problem.Message));
    }

    private static async Task<string> DescribeAsync(HttpRequest request, bool withLength = false)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(Cancelled);
        return $"{request.Method} {request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} [{request.ContentType}] [{(withLength ? request.Headers.ContentLength : request.Headers["fairlead-unit"])}] {body}";
    }

    private static void Count(ConcurrentDictionary<string, int> seen, string what) => seen.AddOrUpdate(what, 1, (_, count) => count + 1);

    private static Task<LoadResult> RunAsync(LoadOrder order) => LoadRun.RunAsync(order, TimeProvider.System, null, Cancelled);

    private static async Task<string> RefusalAsync(LoadOrder order)
    {
        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(order));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        return problem.Message;
    }

    /// <summary>40 requests.</summary>
    private static LoadOrder Order(TestService service, LoadRows? rows) => new()
    {
        Target = new LoadTarget { Url = service.Url, Service = "letter" },
        Profile = new SteadyProfile(200, TimeSpan.FromSeconds(0.2)),
        Warmup = TimeSpan.Zero,
        Rows = rows,
        Data = "test",
    };
}
