using System.Text;

namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>Calls whose HTTP/2 is right, whatever else is wrong, so that each of many on one connection has an answer of its own.</summary>
internal static class CallMutants
{
    private static readonly string[] Names = ["grpc-timeout", "grpc-encoding", "grpc-accept-encoding", "data-bin", "fairlead-unit", "fairlead-environment", "fairlead-service", "traceparent", "tracestate", "user-agent", "grpc-status", "x", "baggage"];

    public static CallCase Of(int seed)
    {
        var random = new Random(seed);
        var valid = CallSeeds.All[random.Next(CallSeeds.All.Count)];
        var changed = random.Next(10) switch
        {
            < 4 => valid with { Body = CallCase.Prefixed(Mutations.Of(valid.Body.AsSpan(5), random, CallSeeds.Tokens), valid.Body[0]) },
            < 6 => valid with { Body = Mutations.Of(valid.Body, random, CallSeeds.Tokens) },
            6 => valid with { Path = "/" + Printable(Mutations.Of(Encoding.Latin1.GetBytes(valid.Path[1..]), random, CallSeeds.Tokens)) },
            _ => valid with { Headers = [.. valid.Headers.Where(_ => random.Next(8) > 0), (Names[random.Next(Names.Length)], Value(random))] },
        };
        return random.Next(8) == 0 ? changed with { Trailers = [(Names[random.Next(Names.Length)], Value(random))] } : changed;
    }

    private static string Value(Random random)
    {
        var headers = CallSeeds.All[random.Next(CallSeeds.All.Count)].Headers;
        return Printable(Mutations.Of(Encoding.Latin1.GetBytes(headers[random.Next(headers.Count)].Value), random, CallSeeds.Tokens));
    }

    private static string Printable(byte[] bytes) => Encoding.Latin1.GetString([.. bytes.Where(value => value is > 32 and < 127)]);
}
