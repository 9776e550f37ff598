namespace Fairlead.Serving.Forwarding;

/// <summary>An instance did not answer as it should.</summary>
/// <param name="sentence">Says what it did, such as "closed the connection before it answered".</param>
internal sealed class UpstreamException(string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    /// <summary>It was not even asked.</summary>
    public bool IsBeforeRequest { get; init; }
}
