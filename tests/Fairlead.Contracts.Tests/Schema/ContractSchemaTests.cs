using Fairlead.Contracts.Schema;
using Fairlead.Domain.Problems;

namespace Fairlead.Contracts.Tests.Schema;

public sealed class ContractSchemaTests
{
    [Fact]
    public void Open_Nothing_IsDamaged() => Assert.Equal(ProblemKind.Damaged, Assert.Throws<FairleadException>(() => ContractSchema.Open([])).Kind);

    [Fact]
    public async Task Open_MutatedDescriptors_OpensOrIsDamaged()
    {
        var whole = await Contract.Rich;
        var random = new Random(7);
        for (var round = 0; round < Testing.Campaign.Rounds(3_000, 100_000); round++)
        {
            var bytes = whole.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ContractSchema.Open(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            }
            catch (FairleadException e)
            {
                Assert.Equal(ProblemKind.Damaged, e.Kind);
            }
        }
    }

    [Fact]
    public void Uncovered_RangesThatOverlap_TellsTheRest()
    {
        Assert.Equal([(1, 1), (4, 5), (9, 10)], ReservedRanges.Uncovered([(1, 10)], [(6, 8), (2, 3), (3, 3)]));
        Assert.Empty(ReservedRanges.Uncovered([(1, int.MaxValue)], [(int.MinValue, 5), (6, int.MaxValue)]));
    }
}
