namespace Fairlead.Domain.Contracts;

/// <summary>One method of a contract.</summary>
/// <param name="Service">Full name, such as <c>briefing.Briefings</c>.</param>
/// <param name="RequestType">Full name of the message.</param>
/// <param name="ResponseType">Full name of the message.</param>
public sealed record ContractMethod(
    string Service, string Name, string RequestType, string ResponseType, bool IsClientStreaming, bool IsServerStreaming)
{
    /// <summary>As in a gRPC request: <c>/briefing.Briefings/Write</c>.</summary>
    public string Path { get; } = $"/{Service}/{Name}";

    public bool IsUnary => !IsClientStreaming && !IsServerStreaming;
}
