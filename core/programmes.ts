/** Programmes of the contract as staff call them, in the order in which charts stack them. */
export const PROGRAMMES = {
  urban_dibao: '城市低保',
  rural_dibao: '农村低保',
  tekun_concentrated: '集中供养特困',
  tekun_dispersed: '分散供养特困',
  orphan: '孤儿',
  unattended_child: '事实无人抚养儿童',
  marginal: '低保边缘家庭',
  rigid_expenditure: '刚性支出困难家庭',
  temporary_aid: '临时救助',
} as const;
