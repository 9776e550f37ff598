namespace Fairlead.Grpc.Tests.Server;

internal sealed record RawAnswer(GrpcStatusCode Status, string Message, bool IsTrailersOnly, byte[] Body, string? AcceptedEncodings);
