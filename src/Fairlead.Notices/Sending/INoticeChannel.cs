using Fairlead.Domain.Notices;

namespace Fairlead.Notices.Sending;

/// <summary>One kind of channel.</summary>
internal interface INoticeChannel
{
    /// <summary>As the project file calls it.</summary>
    string Kind { get; }

    /// <summary>How many lines of a message that gathers others are told; 0 for a kind that programs read, which gets each by itself.</summary>
    int GatheredLines { get; }

    /// <summary>Delivers one message. Called for one message of a channel at a time.</summary>
    /// <exception cref="Domain.Problems.FairleadException">As an outcome of the kind "later": a secret cannot be read, the channel cannot be reached.</exception>
    Task<SendOutcome> SendAsync(ChannelDefinition channel, OutgoingNotice notice, CancellationToken cancellationToken);
}
